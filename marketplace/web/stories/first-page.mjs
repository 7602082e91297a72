/** The page that docs/frontend/first-page.md builds: Ayu finds rice, signs in, orders, and sees it come. */
import process from "node:process";
import { play } from "./stage.mjs";

await play("first-page", async ({ page }) => {
  await page.goto(process.env.LUMBUNG_STORY_PAGE);
  const order = page.getByRole("listitem").filter({ hasText: "Kios Beras Bu Tutik" }).getByRole("button").first();
  await order.waitFor();
  await page.getByLabel("Nomor HP").fill("+6281235000001");
  await page.getByRole("button", { name: "Masuk" }).click();
  await page.getByText("Masukkan kode").waitFor();
  await page.getByRole("button", { name: "Masuk" }).click();
  await page.getByText("Halo, Ayu Permata").waitFor();
  await order.click();
  await page.getByText(/^Pesanan .*DELIVERED/).waitFor({ timeout: 60_000 });
});
