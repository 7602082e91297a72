/** A photo made small enough for a slow line; as it is where this browser can't, and the node decides. */
export async function shrunk(photo: Blob, longestPixels: number, quality: number): Promise<Blob> {
  try {
    const drawn = await createImageBitmap(photo);
    const scale = Math.min(1, longestPixels / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((made) => done(made ?? photo), "image/jpeg", quality));
  } catch {
    return photo;
  }
}
