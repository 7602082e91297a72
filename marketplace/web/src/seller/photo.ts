import { send } from "../ground/files";

/** Add a photo to a listing. Throws `Refused`. */
export async function sendPhoto(photo: Blob, listingId: string, description: string): Promise<void> {
  await send(`/uploads/images?${new URLSearchParams({ listing: listingId, description })}`, photo);
}
