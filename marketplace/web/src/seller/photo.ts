import { language } from "../ground/language";
import { offline, Refused } from "../ground/refused";
import { token } from "../ground/session";

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
