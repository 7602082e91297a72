import { language } from "./language";
import { offline, Refused } from "./refused";
import { token } from "./session";
import { say } from "./words";

/** A file of the node's, asked for or sent as who is signed in. Throws `Refused`. */
async function answered(path: string, more: RequestInit = {}, type?: string): Promise<Response> {
  const held = await token();
  const headers: Record<string, string> = { "Accept-Language": language.value };
  if (held) headers.Authorization = `Bearer ${held}`;
  if (type) headers["Content-Type"] = type;
  let answer: Response;
  try {
    answer = await fetch(path, { ...more, headers });
  } catch {
    throw offline();
  }
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new Refused({ code: told.code ?? "INTERNAL", message: told.message ?? say.failed });
}

/** Send a file's bytes to the node; answers what it told of them. */
export async function send(path: string, body: Blob): Promise<unknown> {
  const answer = await answered(path, { method: "POST", body }, body.type || "application/octet-stream");
  return answer.json().catch(() => null);
}

/** Keep a file of the node's on this device, under the name that the node gives it. */
export async function keep(path: string): Promise<void> {
  const answer = await answered(path);
  const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "lumbung";
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
