/** A developer runs the API's examples as the town's people: a query, an order with all that it needs, a subscription. */
import { play } from "./stage.mjs";

await play("developing", async ({ page, look, lookWide }) => {
  const card = (name) =>
    page.locator("main section").filter({ has: page.getByRole("heading", { name, exact: true }) });
  const run = async (name) => {
    await card(name).first().getByRole("button", { name: "Jalankan" }).click();
    await card(name)
      .first()
      .getByRole("region", { name: /^Jawaban/ })
      .waitFor();
    return card(name)
      .first()
      .getByRole("region", { name: /^Jawaban/ })
      .textContent();
  };
  await page.goto("/akun");
  await page.getByRole("link", { name: "Untuk pengembang" }).click();
  await page.getByRole("link", { name: /First steps of a|For who writes an app/ }).waitFor();
  await look("pages");
  await page.getByRole("link", { name: /For who writes an app/ }).click();
  const follow = await run("Follow"); // it needs an order, which needs a listing: those are run first
  if (!follow.includes("orderChanged")) throw new Error(follow);
  const me = await run("Me");
  if (!me.includes("Ayu Permata")) throw new Error(me);
  if (await page.evaluate(() => localStorage.getItem("lumbung.session"))) throw new Error("the reader was signed in");
  await card("Me").getByText("Lihat contoh").click();
  await look("examples");
  await lookWide("examples");
});
