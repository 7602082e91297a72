/** Pak Bambang keeps: the bank against the book, a voucher taken back, the workshop's shelves, bills and job cards. */
import process from "node:process";
import { become, client, play, pressing } from "./stage.mjs";

const TREASURER = "+628123100003";
const SLUG = "pengemudi-suroboyo";
const problem = "__typename ... on Problem { code message }";

const treasurer = await client(TREASURER);
const {
  id: cooperativeId,
  units,
  book,
} = await treasurer(`{ done: cooperative(slug: "${SLUG}") {
  id units { id name } book { accounting { chart { id name line isCash takesVouchers } } }
} }`);
const { chart } = book.accounting;
const bank = chart.find(({ name }) => name === "Bank");
const expense = chart.find(({ line, takesVouchers }) => line === "BUSINESS_EXPENSES" && takesVouchers);
const workshop = units.find(({ name }) => name === "Bengkel Pengemudi Suroboyo");
if (!cooperativeId || !workshop) throw new Error("the workshop is opened by the story before this one");

const [year, month] = new Date().toISOString().split("-");
const FIRST = `01/${month}/${year}`;
/** One transfer of the bank's was two purchases in the book. */
for (const [description, amount] of [
  ["Sewa tenda", 90_000],
  ["Sewa kursi", 60_000],
]) {
  const lines = [
    { accountId: expense.id, debit: amount },
    { accountId: bank.id, credit: amount },
  ];
  const bookedOn = `${year}-${month}-01`;
  const input = {
    cooperativeId,
    kind: "CASH_OUT",
    bookedOn,
    description,
    lines,
    idempotencyKey: `keeping ${amount}`,
  };
  await treasurer(`mutation ($input: RecordVoucherInput!) { done: recordVoucher(input: $input) { ${problem} } }`, {
    input,
  });
}

/** What the bank sends of the month: a fee that only it knew, and what the book has as two. */
const STATEMENT = `Tanggal,Uraian,Debet,Kredit,Saldo
${FIRST},BIAYA ADMIN KARTU,12500,0,987500
${FIRST},TRF TENDA JAYA,150000,0,837500
`;

/** Stock that the books know nothing of. */
const STOCK = `kode;nama;jumlah;harga_beli
OLI-08;Oli mesin 0,8 liter;24;35.000
`;

await play("keeping", async ({ page, look, lookWide, fetched }) => {
  const press = pressing(page);
  const inSheet = (name) => page.getByRole("dialog").last().getByRole("button", { name, exact: true }).click();
  await become(page, TREASURER);

  await page.goto("/loket/bank");
  await page.getByText("Saldo menurut buku").waitFor();
  await look("bank");
  const file = { name: "mutasi-bri.csv", mimeType: "text/csv", buffer: Buffer.from(STATEMENT) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText("Baris baru").waitFor();
  await look("statement-tried");
  await press("Masukkan mutasi");
  await page.getByRole("button", { name: /BIAYA ADMIN KARTU/ }).waitFor();
  await look("bank-lines");
  await lookWide("bank-lines");
  await page.getByRole("button", { name: /BIAYA ADMIN KARTU/ }).click();
  await press("Bukukan baris ini");
  const against = page.getByLabel("Lawan akun");
  await against.selectOption(await against.locator("option", { hasText: /^6-/ }).first().getAttribute("value"));
  await look("book-line");
  await inSheet("Bukukan baris ini");
  await page.getByRole("button", { name: /BIAYA ADMIN KARTU.*dicocokkan pengurus/ }).waitFor();
  await page.getByRole("button", { name: /TRF TENDA JAYA/ }).click();
  await page.getByRole("checkbox", { name: /Sewa tenda/ }).check();
  await page.getByRole("checkbox", { name: /Sewa kursi/ }).check();
  await look("match-line");
  await inSheet("Cocokkan");
  await page.getByText("Semua baris bank sudah cocok").waitFor();
  await page.getByRole("button", { name: /TRF TENDA JAYA.*dicocokkan pengurus/ }).waitFor();
  await look("bank-matched");
  await page.getByRole("button", { name: /TRF TENDA JAYA/ }).click();
  await page.getByText("Sewa kursi").last().waitFor();
  await look("matched-line");
  await press("Batalkan pencocokan");
  await page.getByLabel("Mengapa salah").fill("Kursinya dibayar tunai");
  await look("undo-match");
  await inSheet("Batalkan pencocokan");
  await page.getByText("Semua baris bank sudah cocok").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /TRF TENDA JAYA/ }).waitFor();
  await look("match-undone");

  await page.goto("/loket/bukti");
  await page.getByRole("link", { name: /Sewa tenda rapat anggota/ }).click();
  await press("Batalkan dengan jurnal balik");
  await page.getByLabel("Alasan").fill("Salah akun");
  await look("reverse");
  await inSheet("Batalkan dengan jurnal balik");
  await page.getByText("Ditiadakan oleh").waitFor();
  await look("reversed");

  await page.goto("/loket/unit");
  await press("Buka unit baru");
  await page.getByLabel("Jenis unit").selectOption({ label: "Toko suku cadang" });
  await page.getByLabel("Nama unit", { exact: true }).fill("Toko Suku Cadang Suroboyo");
  await page.getByLabel("Alamat", { exact: true }).fill("Jl. Kertajaya 80");
  await press("Pakai lokasi HP ini");
  await page.getByLabel("Cari kelurahan atau kecamatan").fill("wonokromo");
  const region = page.getByLabel("Wilayah", { exact: true });
  await region.selectOption({ index: 1 });
  await look("open-unit");
  await inSheet("Buka unit baru");
  await page.getByRole("link", { name: /Toko Suku Cadang Suroboyo/ }).waitFor();
  await look("units");

  await page.getByRole("link", { name: /Bengkel Pengemudi/ }).click();
  await press("Tambah barang");
  await page.getByLabel("Kode barang").fill("OLI-08");
  await page.getByLabel("Nama barang").fill("Oli mesin 0,8 liter");
  await page.getByLabel("Golongan barang").selectOption({ index: 1 });
  await page.getByLabel("Harga jual (Rp)").fill("48.000");
  await look("add-item");
  await inSheet("Tambah barang");
  await page.getByText("Oli mesin 0,8 liter").first().waitFor();
  await look("workshop");
  await lookWide("workshop");
  const toTheWorkshop = () => page.goto(`/loket/unit/${encodeURIComponent(workshop.id)}`);
  await page.getByRole("link", { name: /Daftar barang/ }).click();
  await page.getByRole("link", { name: /Oli mesin 0,8 liter/ }).waitFor();
  await look("items");
  await page.getByRole("link", { name: /Oli mesin 0,8 liter/ }).click();
  await press("Catat stok awal");
  await page.getByLabel("Banyaknya", { exact: true }).fill("4");
  await page.getByLabel("Harga beli satu (Rp)").fill("36.000");
  await look("opening-stock");
  await inSheet("Catat stok awal");
  await page.getByText("Stok awal +4").waitFor();
  await press("Harga anggota & batas stok");
  await page.getByLabel(/^Harga anggota \(Rp\)/).fill("45.000");
  await look("item-terms");
  await inSheet("Harga anggota & batas stok");
  await page.getByText("Rp45.000").waitFor();
  await look("item");
  await lookWide("item");
  await toTheWorkshop();
  await page.getByRole("link", { name: /Pembelian dari pemasok/ }).click();
  await press("Catat pembelian");
  await press("Tambah pemasok");
  await page.getByLabel("Nama pemasok").fill("CV Oli Jaya");
  await inSheet("Tambah pemasok");
  await page.getByLabel("Pemasok", { exact: true }).selectOption({ label: "CV Oli Jaya" });
  await page.getByLabel("Nomor faktur").fill("OJ-771");
  await page.getByLabel("Dibayar", { exact: true }).selectOption("CREDIT");
  await page.getByLabel("Barang baris 1").selectOption({ index: 1 });
  await page.getByLabel("Jumlah baris 1").fill("10");
  await page.getByLabel("Harga semuanya baris 1 (Rp)").fill("380.000");
  await look("purchase");
  await inSheet("Catat pembelian Rp380.000");
  await page.getByText("Belum dibayar Rp380.000").waitFor();
  await press("Bayar pemasok");
  await inSheet("Bayar pemasok");
  await page.getByText("Belum dibayar Rp380.000").waitFor({ state: "detached" });
  await look("purchases");

  await toTheWorkshop();
  const howMany = page.getByRole("group", { name: "Jumlah Oli mesin 0,8 liter" });
  for (let n = 0; n < 3; n += 1) await howMany.getByRole("button", { name: "Tambah" }).click();
  await press("Jual tunai");
  await inSheet("Jual tunai");
  await page.getByRole("link", { name: /Umum.*Tunai/ }).click();
  await press("Terima retur");
  await page.getByRole("dialog").getByRole("button", { name: "Tambah" }).click();
  await page.getByLabel("Mengapa dikembalikan?").fill("Botolnya bocor");
  await look("take-back");
  await inSheet("Retur yang dipilih");
  await page.getByText("Diretur sebagian").waitFor();
  await look("receipt");
  await toTheWorkshop();
  await page.getByRole("link", { name: /Hasil unit/ }).click();
  await page.getByRole("heading", { name: "Di akhir hari terakhir" }).waitFor();
  await look("result");
  await fetched(() => press("Unduh PDF"), /\.pdf$/);
  await page.goto("/loket/unit");
  await page.getByRole("link", { name: /Toko Suku Cadang Suroboyo/ }).click();
  await press("Tutup unit");
  await look("close-unit");
  await inSheet("Tutup unit");
  await page.getByText("Unit ini sudah ditutup", { exact: false }).waitFor();
  await look("closed-unit");

  await toTheWorkshop();
  await press("Pesan servis");
  await page.getByLabel("Nama pelanggan").fill("Bu Tini");
  await page.getByLabel("Kendaraan", { exact: true }).fill("L 5566 XY, Vario");
  await page.getByLabel("Keluhan", { exact: true }).fill("Ganti oli");
  await page.getByLabel("Hari", { exact: true }).fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await inSheet("Pesan servis");
  await page.getByRole("link", { name: /L 5566 XY/ }).click();
  await press("Terima kendaraan");
  await page.getByText("Perkiraan biaya").waitFor();
  await page.getByLabel("Pekerjaan baris 1").fill("Jasa ganti oli");
  await page.getByLabel("Ongkos baris 1 (Rp)").fill("15.000");
  await press("Tambah baris");
  await page.getByLabel("Isi baris 2").selectOption({ index: 1 });
  await look("estimate");
  await press("Kirim perkiraan");
  await press("Pelanggan setuju");
  await page.getByText("Dikerjakan").waitFor();
  await look("job-under-way");
  await lookWide("job-under-way");
  await press("Selesai, buat nota");
  await inSheet("Selesai, buat nota");
  await page.getByText(/^Ditagih dengan nota/).waitFor();
  await look("job-billed");

  const { members } = await treasurer(
    `{ done: cooperative(slug: "${SLUG}") { members(search: "Fitri", first: 1) { nodes { id } } } }`,
  );
  const [{ id: membershipId }] = members.nodes;
  for (let n = 0; n < 11; n += 1) {
    await treasurer(`mutation ($input: TakeDuesCashInput!) { done: takeDuesCash(input: $input) { ${problem} } }`, {
      input: { membershipId, amount: 100, idempotencyKey: `keeping ${n}` },
    });
  }
  await page.goto(`/loket/anggota/${encodeURIComponent(membershipId)}`);
  const receipts = page.getByRole("button", { name: /^Kuitansi/ });
  await press("Muat lagi");
  await receipts.nth(10).waitFor();
  await look("older-receipts");

  await page.goto("/loket/pindahan");
  await page.getByText("Belum ada yang diajukan").waitFor();
  await fetched(() => press("Unduh semua (XLSX)"), /pindahan\.xlsx$/);
  await fetched(() => page.getByRole("button", { name: /Stok unit/ }).click(), /persediaan\.xlsx$/);
  await look("moving");
  await lookWide("moving");
  const sheets = page.locator("input[type=file]");
  const stock = { name: "persediaan.csv", mimeType: "text/csv", buffer: Buffer.from(STOCK) };
  await sheets.setInputFiles(stock);
  await page.getByText("Belum bisa dimasukkan").waitFor();
  await look("moving-differs");
  await sheets.setInputFiles(process.env.LUMBUNG_STORY_SHEETS);
  await page.getByText("Semua jumlah cocok", { exact: true }).waitFor();
  await look("moving-proved");
  await press("Ajukan ke pengurus kedua");
  await page.getByText("Menunggu", { exact: true }).waitFor();
  await look("moving-proposed");
  await press("Batalkan");
  await page.getByText("Dibatalkan", { exact: true }).waitFor();
});
