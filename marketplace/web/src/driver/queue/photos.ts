import { offline, Refused } from "../../ground/refused";
import { token } from "../../ground/session";
import type { Photo } from "./book";

const PATIENCE_MS = 60_000;

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
