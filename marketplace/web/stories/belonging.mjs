/** Fitri sees what she saves, owes and decides: her passbook, a term deposit, dues paid from savings, loans, meetings. */
import { become, client, play, pressing } from "./stage.mjs";

const treasurer = await client("+628123100003");
const { id: cooperativeId } = await treasurer('{ done: cooperative(slug: "pengemudi-suroboyo") { id } }');
await treasurer(
  `mutation ($input: OpenSavingsProductInput!) {
    done: openSavingsProduct(input: $input) { __typename ... on Problem { code message } }
  }`,
  {
    input: {
      cooperativeId,
      kind: "TERM",
      name: "Simpanan Berjangka 3 bulan",
      rate: 450,
      months: 3,
      least: 50_000,
      idempotencyKey: "belonging",
    },
  },
);

await play("belonging", async ({ page, look, fetched }) => {
  const press = pressing(page);
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
  await page.goto("/anggota");
  await page.getByRole("link", { name: /Menabung/ }).click();
  await page.getByRole("heading", { name: "Simpanan Berjangka 3 bulan" }).waitFor();
  await look("savings-offered");
  await page.getByRole("button", { name: "Simpan berjangka" }).last().click();
  await page.getByLabel("Berapa (Rp)?").fill("50.000");
  await look("place-deposit");
  await press("Simpan Rp50.000");
  await page.getByText("Jatuh tempo", { exact: true }).waitFor();
  await press("Perpanjang saat jatuh tempo");
  await page.getByText("Diperpanjang dengan bunga hari itu").waitFor();
  await look("deposit");
  await press("Cairkan sebelum jatuh tempo");
  await look("break-deposit");
  await press("Ya, cairkan");
  await page.getByText("Sudah kembali ke simpanan sukarela.", { exact: true }).waitFor();
  await look("deposit-broken");
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
