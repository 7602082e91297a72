/** An order that no driver takes: its shop's co-op gives it to one by hand, his co-op to another, each saying why. */
import { orderFirst } from "./ordering.mjs";
import { become, client, play } from "./stage.mjs";

const SHOPS_TREASURER = "+628123200003";
const DRIVERS_TREASURER = "+628123100003";
/** A shop that no other story orders at: what it has under way stays. */
const SHOP = "sayur-segar-mbak-yem-2";
/** By this word the town's drivers leave the job alone. */
const LEFT_ALONE = "tanpa kurir";

await orderFirst(await client("+6281235000001"), { shop: SHOP, note: LEFT_ALONE });

await play("dispatching", async ({ page, look, lookWide }) => {
  const sheet = page.getByRole("dialog");
  const give = async (why) => {
    await sheet.getByLabel(/^Alasan/).fill(why);
    await sheet.getByRole("radio").first().check();
  };
  await become(page, SHOPS_TREASURER);
  await page.goto("/loket/antaran");
  await page.getByRole("button", { name: "Berikan ke pengemudi" }).first().waitFor({ timeout: 40_000 });
  await page.getByText(/pengemudi kami siap$/).waitFor();
  await look("board");
  await page.getByRole("button", { name: "Lihat di peta" }).first().click();
  await page.getByRole("button", { name: "Perkecil" }).click();
  await look("on-the-map");
  await page.getByRole("button", { name: "Berikan ke pengemudi" }).first().click();
  await sheet.getByRole("radio").first().waitFor();
  await give("Pesanan sudah menunggu lama");
  await look("give");
  await sheet.getByRole("button", { name: /^Berikan ke / }).click();
  await page
    .getByText(/diantar [A-Z]/)
    .first()
    .waitFor();
  await look("given");

  await become(page, DRIVERS_TREASURER);
  await page.goto("/loket/antaran");
  await page.getByRole("button", { name: "Pindahkan ke pengemudi lain" }).first().waitFor();
  await look("board-of-drivers");
  await lookWide("board-of-drivers");
  const before = await page
    .getByText(/diantar [A-Z]/)
    .first()
    .textContent();
  await page.getByRole("button", { name: "Pindahkan ke pengemudi lain" }).first().click();
  await give("Bannya bocor");
  await look("give-to-another");
  await sheet.getByRole("button", { name: /^Pindahkan ke / }).click();
  await page.getByText(before, { exact: true }).waitFor({ state: "detached" });
  await page
    .getByText(/diantar [A-Z]/)
    .first()
    .waitFor();
  await look("given-to-another");
});
