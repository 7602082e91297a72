/** Events of one screen are on another within this. */
export const SOON = { timeout: 30_000 };

/** The digits that a page shows to be told to another. */
export async function pinOn(page, about) {
  const pin = page.getByText(about).locator("xpath=..").first();
  await pin.waitFor(SOON);
  // biome-ignore lint/performance/useDomNodeTextContent: what is shown counts, not what stands in the page unseen
  return /\d{4}/.exec((await pin.innerText()).replaceAll(/\s/g, ""))[0];
}
