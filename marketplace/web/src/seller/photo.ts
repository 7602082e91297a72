import { send } from "../ground/files";

/** The node keeps no picture longer than 2048. */
export const LONGEST_PIXELS = 1600;
export const QUALITY = 0.85;

/** Add a photo to a listing. Throws `Refused`. */
export async function sendPhoto(photo: Blob, listingId: string, description: string): Promise<void> {
  await send(`/uploads/images?${new URLSearchParams({ listing: listingId, description })}`, photo);
}
