import { send } from "../../ground/files";
import { shrunk } from "../../ground/photo";
import { LONGEST_PIXELS, QUALITY, sendPhoto } from "../photo";

export type Change = { column: string; variant: string; before: string; after: string };
export type Thing = {
  line: number;
  id: string | null;
  title: string;
  price: number;
  isNew: boolean;
  changes: Change[];
  photo: string | null;
};

/** What the node found in a price list (docs/importing.md). */
export type Found = {
  isWritten: boolean;
  created: number;
  changed: number;
  unchanged: number;
  refusedLines: number;
  refusals: { line: number; column: string; reason: string }[];
  things: Thing[];
  unusedColumns: string[];
};

/** Send a price list: to be looked at, or to be taken. Throws `Refused`. */
export async function sendList(file: Blob, seller: string, isTried: boolean): Promise<Found> {
  const asked = new URLSearchParams({ seller, ...(isTried ? { dryRun: "true" } : {}) });
  return (await send(`/uploads/menu?${asked}`, file)) as Found;
}

/** Pictures are known by their names, however they are capitalised. */
export function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

/** Those of the things whose named picture was chosen, with it. */
export function pictured(things: readonly Thing[], chosen: ReadonlyMap<string, File>): [Thing, File][] {
  return things.flatMap((thing) => {
    const file = thing.photo === null ? undefined : chosen.get(keyOf(thing.photo));
    return file ? [[thing, file] as [Thing, File]] : [];
  });
}

/** Send the things' pictures one after the other; answers the names of those that were lost. */
export async function sendPictures(pictures: readonly [Thing, File][], told: (n: number) => void): Promise<string[]> {
  const lost: string[] = [];
  for (const [n, [thing, file]] of pictures.entries()) {
    told(n + 1);
    try {
      if (thing.id) await sendPhoto(await shrunk(file, LONGEST_PIXELS, QUALITY), thing.id, thing.title);
    } catch {
      lost.push(file.name);
    }
  }
  return lost;
}
