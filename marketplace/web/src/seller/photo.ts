import { language } from "../ground/language";
import { offline, Refused } from "../ground/refused";
import { token } from "../ground/session";

/** The longest side that is sent: the node keeps none longer than 2048. */
const MOST_PIXELS = 1600;
const QUALITY = 0.85;

/** A photo made small enough for a slow line; as it is where the browser can't read it, and the node decides. */
export async function shrunk(photo: Blob): Promise<Blob> {
  try {
    const drawn = await createImageBitmap(photo);
    const scale = Math.min(1, MOST_PIXELS / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made ?? photo;
  } catch {
    return photo;
  }
}

/** Add a photo to a listing. Throws `Refused`. */
export async function sendPhoto(photo: Blob, listingId: string, description: string): Promise<void> {
  const held = await token();
  const wishes = new URLSearchParams({ listing: listingId, description });
  let answer: Response;
  try {
    answer = await fetch(`/uploads/images?${wishes}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${held}`, "Accept-Language": language.value, "Content-Type": photo.type },
      body: photo,
    });
  } catch {
    throw offline();
  }
  if (answer.ok) return;
  const told = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new Refused({ code: told.code ?? "INTERNAL", message: told.message ?? answer.statusText });
}
