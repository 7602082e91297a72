import { newKey } from "#client";
import type { CourierEventInput, CourierEventOutcome, DeliveryJobState, HeldJobFragment } from "../api";

export type Event = CourierEventInput;
/** What happened, before it has its number. */
export type Happening = Omit<Event, "sequence" | "id" | "at">;
/** What was told and is not so: why, and how the job stands instead. */
export type Conflict = {
  sequence: number;
  kind: Event["kind"];
  jobId: string | null;
  message: string;
  state: DeliveryJobState | null;
  isYours: boolean;
};
export type Photo = {
  name: string;
  jobId: string;
  dropId: string | null;
  moment: "PICKUP" | "DROP_OFF";
  at: string;
  body: Blob;
};
export type Answer = {
  sequence: number;
  outcome: CourierEventOutcome;
  message: string | null;
  job: { state: DeliveryJobState; isYours: boolean } | null;
};

type Device = { account: string; deviceId: string; next: number };
type Of<T> = T & { account: string };
const STORES = { devices: "account", events: ["account", "sequence"], conflicts: ["account", "sequence"] };
const MORE = { photos: ["account", "name"], jobs: ["account", "id"] };
type Store = keyof typeof STORES | keyof typeof MORE;

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries({ ...STORES, ...MORE }))
      opening.result.createObjectStore(store, { keyPath });
  };
  return done(opening);
}

/**
 * What one driver's phone has not told yet, kept by the browser (IndexedDB) over reloads and empty batteries: events
 * under their numbers, photos, what came back as a conflict, and the jobs he holds as last seen.
 *
 * The device's name stands beside the numbers, so that one is never lost without the other.
 */
export class Book {
  private readonly opened: Promise<IDBDatabase>;
  private readonly account: string;

  constructor(account: string, name = "lumbung.courier") {
    this.account = account;
    this.opened = open(name);
  }

  /** Write an event down under the next number. When this resolves it is on the disk. */
  add(happening: Happening): Promise<Event> {
    return this.change(["devices", "events"], async (of) => {
      const device = await this.read(of("devices"));
      const event = { ...happening, sequence: device.next, id: newKey(), at: new Date().toISOString() };
      of("devices").put({ ...device, next: device.next + 1 });
      of("events").put({ ...event, account: this.account });
      return event;
    });
  }

  /** An event of this number was lost here: say so under it, or all later ones wait for it. */
  skip(sequence: number): Promise<void> {
    return this.change(["events"], async (of) => {
      const event = { sequence, id: newKey(), at: new Date().toISOString(), kind: "SKIPPED" };
      of("events").put({ ...event, account: this.account });
    });
  }

  deviceId(): Promise<string> {
    return this.change(["devices"], async (of) => {
      const device = await this.read(of("devices"));
      of("devices").put(device);
      return device.deviceId;
    });
  }

  /** Not yet answered for, in their numbers' order. */
  events(): Promise<Event[]> {
    return this.all("events");
  }

  conflicts(): Promise<Conflict[]> {
    return this.all("conflicts");
  }

  photos(): Promise<Photo[]> {
    return this.all("photos");
  }

  /** What the node answered: what it has is forgotten here, and a conflict is kept until it was read. */
  settle(answers: Answer[]): Promise<void> {
    return this.change(["events", "conflicts"], async (of) => {
      for (const { sequence, outcome, message, job } of answers) {
        if (outcome === "NOT_KEPT") continue;
        const event: Event | undefined = await done(of("events").get([this.account, sequence]));
        of("events").delete([this.account, sequence]);
        if (outcome !== "CONFLICT" || !event) continue;
        const standing = { state: job?.state ?? null, isYours: job?.isYours ?? false };
        const told = { sequence, kind: event.kind, jobId: event.jobId ?? null, message: message ?? "" };
        of("conflicts").put({ ...told, ...standing, account: this.account });
      }
    });
  }

  forgetConflict(sequence: number): Promise<void> {
    return this.change(["conflicts"], async (of) => {
      of("conflicts").delete([this.account, sequence]);
    });
  }

  keepPhoto(photo: Photo): Promise<void> {
    return this.change(["photos"], async (of) => {
      of("photos").put({ ...photo, account: this.account });
    });
  }

  forgetPhoto(name: string): Promise<void> {
    return this.change(["photos"], async (of) => {
      of("photos").delete([this.account, name]);
    });
  }

  /** The jobs that he holds as they were last seen, for when they can't be asked for. */
  async jobs(): Promise<HeldJobFragment[]> {
    return (await this.all<{ job: HeldJobFragment }>("jobs")).map(({ job }) => job);
  }

  /** Keep it while he holds it, null when he doesn't: a receiver's address stays on nobody's phone longer. */
  keepJob(id: string, job: HeldJobFragment | null): Promise<void> {
    return this.change(["jobs"], async (of) => {
      if (job) of("jobs").put({ account: this.account, id, job });
      else of("jobs").delete([this.account, id]);
    });
  }

  private async read(devices: IDBObjectStore): Promise<Device> {
    const found: Device | undefined = await done(devices.get(this.account));
    return found ?? { account: this.account, deviceId: newKey(), next: 1 };
  }

  private all<T>(store: Store): Promise<T[]> {
    return this.change([store], async (of) => {
      const mine = IDBKeyRange.bound([this.account], [this.account, []]);
      const rows: Of<T>[] = await done(of(store).getAll(mine));
      return rows.map(({ account: _, ...row }) => row as T);
    });
  }

  /** One transaction: all of it is on the disk when this resolves, or nothing. */
  private async change<T>(stores: Store[], work: (of: (store: Store) => IDBObjectStore) => Promise<T>): Promise<T> {
    const transaction = (await this.opened).transaction(stores, "readwrite");
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await work((store) => transaction.objectStore(store));
    await ended;
    return result;
  }
}
