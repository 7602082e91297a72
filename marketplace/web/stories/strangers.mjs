/** What strangers wrote does no harm: each text that the node answers is replaced, and every page is opened. */
import { play } from "./stage.mjs";
import { rewritten } from "./written.mjs";

const MARKUP = `<img src=x onerror="document.title='harmed'"><script>document.title='harmed'</script>`;
const TEXTS = {
  markup: `javascript:document.title='harmed'//${MARKUP} \u202Eتوصيل سريع\u202E Nasi goreng \u2067ארוחה`,
  long: "Nasigoreng".repeat(1000),
};
await play("strangers", async ({ page, look, complaints }) => {
  let text = "";
  await page.route("**/graphql", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: rewritten(await answer.json(), text, "") });
  });
  for (const [kind, hostile] of Object.entries(TEXTS)) {
    text = hostile;
    await page.goto("/");
    await page.locator("main li a").first().waitFor();
    await look(`${kind}-home`);
    await page.goto("/cari?q=nasi");
    await page.locator("main li a").first().waitFor();
    await look(`${kind}-search`);
    await page.goto("/toko/kios-beras-bu-tutik-0");
    const first = page.locator("main li button").first();
    await first.waitFor();
    await look(`${kind}-shop`);
    await first.click();
    await page.getByRole("button", { name: /^Tambah ·/ }).click();
    await page.getByText("Masuk keranjang").waitFor();
    await page.goto("/keranjang");
    await page.getByRole("link", { name: /^Lanjut/ }).waitFor();
    await look(`${kind}-basket`);
    const harm = await page.evaluate(() => ({
      isHarmed: document.title.includes("harmed") && !document.title.includes("<"),
      made: document.querySelectorAll("img[onerror], body script:not([src])").length,
      links: [...document.links].filter((link) => link.protocol === "javascript:").length,
    }));
    if (harm.isHarmed || harm.made || harm.links) complaints.push(`${kind}: ${JSON.stringify(harm)}`);
  }
});
