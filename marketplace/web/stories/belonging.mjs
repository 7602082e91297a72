/** Fitri sees what she saves, owes and decides: her passbook, dues paid from savings, loans, meetings, the surplus. */
import { become, play } from "./stage.mjs";

await play("belonging", async ({ page, look, fetched }) => {
  const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
  await page.goto("/anggota");
  await page.getByRole("link", { name: "Masuk" }).waitFor();
  await become(page, "+6281231000013");
  await page.getByRole("link", { name: "Simpanan & rapat anggota" }).click();
  await page.getByRole("link", { name: /Simpanan Sukarela/ }).waitFor();
  await look("savings");
  if (await page.getByRole("button", { name: "Bayar dari simpanan" }).isVisible()) {
    await press("Bayar dari simpanan");
    await look("pay-from-savings");
    await page.getByRole("button", { name: /^Bayar Rp/ }).click();
    await page.getByText("Tidak ada tagihan").waitFor();
  }
  await page.getByRole("link", { name: /Simpanan Sukarela/ }).click();
  await page.getByRole("button", { name: "Tarik uang" }).waitFor();
  await look("passbook");
  await fetched(() => press("Unduh buku (PDF)"), /\.pdf$/);
  await press("Tarik uang");
  await page.getByLabel("Berapa (Rp)?").fill("25.000");
  await press("Minta Rp25.000");
  await page.getByText(/^Penarikan Rp25\.000 menunggu/).waitFor();
  await look("asked");
  await page.goto("/anggota/pinjaman");
  await page.getByText("Belum punya pinjaman").waitFor();
  await look("loans");
  await page.goto("/anggota/shu");
  await page.getByText("Belum ada pembagian SHU").waitFor();
  await look("surplus");
  await page.goto("/anggota/rapat");
  await page.getByRole("heading", { name: "Usulan" }).waitFor();
  await look("meetings");
  await become(page, "+628123200002");
  await page.goto("/anggota/rapat");
  await page.getByRole("link", { name: /Undangan rapat sepuluh hari/ }).click();
  await page.getByText("Empat belas hari terlalu lama", { exact: false }).waitFor();
  await look("motion");
});
