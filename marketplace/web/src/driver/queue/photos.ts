import { offline, Refused } from "../../ground/refused";
import { token } from "../../ground/session";
import type { Photo } from "./book";

/** The longer side of what is sent: enough to know a door by, little enough for a slow network. */
const LONGEST = 1280;
const PATIENCE_MS = 60_000;

/** The photo in the size that is sent; as it was where this browser can't make it smaller. */
export async function shrunk(photo: Blob): Promise<Blob> {
  try {
    const drawn = await createImageBitmap(photo);
    const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? photo), "image/jpeg", 0.8));
  } catch {
    return photo;
  }
}

/** Send it as proof of its job; under the same name again it is kept once. Throws `Refused`. */
export async function sendPhoto({ name, jobId, dropId, moment, at, body }: Photo): Promise<void> {
  const wishes = new URLSearchParams({ name, job: jobId, moment, takenAt: at, ...(dropId ? { drop: dropId } : {}) });
  const held = await token();
  let answer: Response;
  try {
    answer = await fetch(`/uploads/proofs?${wishes}`, {
      method: "POST",
      headers: held ? { Authorization: `Bearer ${held}` } : {},
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw offline();
  }
  if (answer.ok) return;
  const told = (await answer.json().catch(() => null)) as { code: string; message: string } | null;
  const isLater = answer.status >= 500 || answer.status === 401 || answer.status === 429;
  if (!told || isLater) throw offline();
  throw new Refused(told);
}
