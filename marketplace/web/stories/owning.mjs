/** Fitri is covered, serviced and told: protection, the workshop, her income for a bank, the books, her own data. */
import { fileURLToPath } from "node:url";
import { become, client, play, pressing } from "./stage.mjs";

const PAPER = fileURLToPath(new URL("../public/icon-512.png", import.meta.url));
const FITRI = "+6281231000013";
const SUPARMAN = "+6281231000011";
const CHAIR = "+628123100001";
const TREASURER = "+628123100003";
const SLUG = "pengemudi-suroboyo";

const chair = await client(CHAIR);
const treasurer = await client(TREASURER);
const { id: cooperativeId } = await chair(`{ done: cooperative(slug: "${SLUG}") { id } }`);

const problem = "__typename ... on Problem { code message }";

async function offer(more) {
  const input = { cooperativeId, payBy: 28, idempotencyKey: more.name, ...more };
  await chair(
    `mutation ($input: OpenProtectionProgrammeInput!) { done: openProtectionProgramme(input: $input) { ${problem} } }`,
    { input },
  );
}

await offer({
  kind: "EMPLOYMENT",
  name: "BPJS Ketenagakerjaan",
  provider: "BPJS Ketenagakerjaan",
  aloneMonthly: 2500,
  aloneSource: "biaya kanal pembayaran, November 2026",
});
await offer({
  kind: "ACCIDENT",
  name: "Kecelakaan diri keluarga",
  provider: "Asuransi Nusantara",
  number: "PK-2026-77",
  premium: 12000,
  aloneMonthly: 25000,
  aloneSource: "penawaran perorangan, 3 November 2026",
});
const { id: unitId } = await treasurer(
  `mutation ($input: OpenUnitInput!) { done: openUnit(input: $input) { ... on BusinessUnit { id } ${problem} } }`,
  {
    input: {
      cooperativeId,
      kind: "workshop",
      name: "Bengkel Pengemudi Suroboyo",
      place: { lat: -7.2575, lon: 112.7521 },
      regionCode: "35.78.19",
      idempotencyKey: "owning",
    },
  },
);
await treasurer(`mutation ($input: SetUnitTermsInput!) { done: setUnitTerms(input: $input) { ${problem} } }`, {
  input: { id: unitId, creditLimit: 500000, creditDays: 30, bays: 2 },
});

/** The first day of the month so many months from now. */
function firstOfMonth(by) {
  const now = new Date();
  return `${new Date(Date.UTC(now.getFullYear(), now.getMonth() + by, 1)).toISOString().slice(0, 10)}`;
}

const done = (input) => treasurer(input.query, { input: { cooperativeId, ...input.with } });
const { openMonths } = await treasurer(
  `{ done: cooperative(slug: "${SLUG}") { openMonths(first: 1) { nodes { month } } } }`,
);
if (openMonths.nodes.length === 0) {
  await done({
    query: `mutation ($input: OpenBooksInput!) { done: openBooks(input: $input) { ${problem} } }`,
    with: { openedOn: firstOfMonth(-1), idempotencyKey: "owning" },
  });
  await done({
    query: `mutation ($input: LockMonthInput!) { done: lockMonth(input: $input) { ${problem} } }`,
    with: { month: firstOfMonth(-1), idempotencyKey: "owning" },
  });
}
const { id: rentId } = await done({
  query: `mutation ($input: AddAccountInput!) { done: addAccount(input: $input) { ... on ChartAccount { id } ${problem} } }`,
  with: { number: "6-1998", name: "Sewa pangkalan", line: "BUSINESS_EXPENSES", idempotencyKey: "owning-rent" },
});
const { memberships } = await chair("{ done: viewer { memberships { id } } }");
await done({
  query: `mutation ($input: ProposeBudgetInput!) { done: proposeBudget(input: $input) { ${problem} } }`,
  with: {
    year: new Date().getFullYear(),
    plan: "Pangkalan kedua di Wonokromo, dan pelatihan keselamatan tiap triwulan.",
    lines: [{ accountId: rentId, months: Array(12).fill(250000) }],
    pay: [{ membershipId: memberships[0].id, role: "CHAIR", monthly: 200000 }],
    idempotencyKey: "owning",
  },
});

await play("owning", async ({ page, look, lookWide, fetched }) => {
  const press = pressing(page);
  const lastPart = () => decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1));
  await become(page, FITRI);
  await page.goto("/anggota/lainnya");
  await page.getByRole("link", { name: /Perlindungan/ }).waitFor();
  await look("places");

  await page.getByRole("link", { name: /Perlindungan/ }).click();
  await page.getByText("Belum ikut program apa pun").waitFor();
  await look("no-protection");
  await press("Ikut program");
  await page.getByLabel("Penghasilan sebulan (Rp)").fill("2.000.000");
  await page.getByLabel("Dengan Jaminan Hari Tua (JHT)").check();
  await look("enrol");
  await page.getByRole("dialog").getByRole("button", { name: "Ikut program" }).click();
  await page.getByRole("link", { name: /BPJS Ketenagakerjaan.*sejak/ }).waitFor();
  await press("Ikut program");
  await page.getByRole("dialog").getByText("Kecelakaan diri keluarga").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Ikut program" }).click();
  await page.getByRole("link", { name: /Kecelakaan diri keluarga.*sejak/ }).click();
  await press("Tambah keluarga");
  await page.getByLabel("Nama lengkap").fill("Nur Aini");
  await page.getByLabel("Hubungan").selectOption("CHILD");
  await page.getByLabel("Tanggal lahir").fill("2019-05-05");
  await look("relative");
  await page.getByRole("dialog").getByRole("button", { name: "Tambah keluarga" }).click();
  await page.getByText("Nur Aini").first().waitFor();
  await look("programme");
  await page.goto("/anggota/perlindungan");
  await page.getByText("Perlu perhatian").waitFor();
  await look("protection");
  await lookWide("protection");
  await page.getByRole("link", { name: /BPJS Ketenagakerjaan.*Belum lunas/ }).click();
  await page.getByText("Yang dibayar").waitFor();
  await look("protection-bill");
  await page.goto("/anggota/perlindungan");
  await page.getByRole("link", { name: /BPJS Ketenagakerjaan.*sejak/ }).click();
  await press("Laporkan kejadian");
  await page.getByLabel(/^Ceritakan/).fill("Terserempet mobil saat mengantar pesanan di Jalan Kertajaya.");
  await look("report-claim");
  await press("Kirim laporan");
  await page.getByText("Berkas yang masih kurang", { exact: false }).waitFor();
  await page.locator("input[type=file]").setInputFiles(PAPER);
  await page.getByRole("button", { name: /icon-512/ }).waitFor();
  await look("claim");
  await press("Batalkan klaim");
  await page.getByText("Dibatalkan", { exact: true }).waitFor();

  await page.goto("/anggota/belanja");
  await page.getByText("Belum ada belanja").waitFor();
  await press("Pesan servis");
  await page.getByLabel("Plat nomor dan jenis kendaraan").fill("L 1234 AB, Beat");
  await page.getByLabel("Apa keluhannya?").fill("Rem belakang bunyi");
  await look("book-workshop");
  await page.getByRole("dialog").getByRole("button", { name: "Pesan servis" }).click();
  await page.getByText("Bengkel belum memperkirakan biayanya.").waitFor();
  const id = lastPart();
  await treasurer(
    `mutation ($input: ReceiveWorkshopJobInput!) { done: receiveWorkshopJob(input: $input) { ${problem} } }`,
    {
      input: { id },
    },
  );
  await treasurer(
    `mutation ($input: EstimateWorkshopJobInput!) { done: estimateWorkshopJob(input: $input) { ${problem} } }`,
    {
      input: {
        id,
        lines: [
          { name: "Setel rem", price: 25000 },
          { name: "Kampas rem", price: 40000, quantity: 2 },
        ],
      },
    },
  );
  await page.reload();
  await page.getByText("Pekerjaan menunggu jawaban Anda.").waitFor();
  await look("estimate");
  await press("Setuju Rp105.000");
  await page.getByText(/^Anda setuju Rp105\.000/).waitFor();
  await treasurer(
    `mutation ($input: BillWorkshopJobInput!) { done: billWorkshopJob(input: $input) { ${problem} } }`,
    {
      input: { id, way: "CREDIT", idempotencyKey: "owning" },
    },
  );
  await page.reload();
  await page.getByRole("heading", { name: /^Tagihan PJ/ }).waitFor();
  await look("job-bill");
  await page.goto("/anggota/belanja");
  await page.getByText("tempo (bayar nanti)").waitFor();
  await look("purchases");

  await become(page, SUPARMAN); // he has carried
  await page.goto("/anggota/penghasilan");
  await press("Laporkan penghasilan platform");
  await page.getByLabel("Nama platform").fill("GoRide");
  await page.getByLabel("Yang diterima (Rp)").fill("2.850.000");
  await look("report-income");
  await press("Simpan laporan");
  await page.getByText("Jumlah laporan sendiri").waitFor();
  await fetched(() => press("Unduh PDF"), /\.pdf$/);
  await fetched(() => press("Unduh Excel"), /\.xlsx$/);
  await press("Terbitkan untuk bank");
  await page.getByText("Kode periksa", { exact: true }).waitFor();
  await look("income");
  await lookWide("income");
  await press("Cabut surat");
  await page.getByText("Dicabut", { exact: true }).waitFor();

  await become(page, FITRI);
  await page.goto("/anggota/data");
  await press("Ubah data diri");
  await page.getByLabel("Nama lengkap").fill("Fitri Handayani");
  await page.getByLabel("NIK (16 angka)").fill("3578014506900001");
  await page.getByLabel("Alamat").fill("Jl. Kertajaya 12, Surabaya");
  await look("my-details");
  await press("Simpan");
  await page.getByText("3578 0145 0690 0001").waitFor();
  await press("Ubah ahli waris");
  await page.getByLabel("Nama ahli waris 1").fill("Nur Aini");
  await page.getByLabel("Hubungan ahli waris 1").fill("anak");
  await look("my-heirs");
  await press("Simpan");
  await page.getByText("Nur Aini").waitFor();
  await look("my-data");
  await fetched(() => press("Unduh data saya"), /\.json$/);

  await page.goto("/anggota/buku");
  await page.getByRole("heading", { name: "Buku per bulan" }).waitFor();
  await look("books");
  await lookWide("books");
  await fetched(() => press("Anggaran dan kenyataan (PDF)"), /\.pdf$/);
  await page
    .getByRole("link", { name: /Dikunci/ })
    .first()
    .click();
  await page.getByText("ASET", { exact: false }).first().waitFor();
  await look("month");
  await press("Hasil usaha");
  await page.getByRole("heading", { name: "Hasil usaha" }).waitFor();
  await look("month-surplus");
  await page.goto("/anggota/buku");
  await page.getByRole("link", { name: /RAPB/ }).first().click();
  await page.getByText("Sewa pangkalan").waitFor();
  await look("budget");
});
