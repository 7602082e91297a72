/** Bu Lilik's co-op is run from its counter: who joins and leaves, what waits for a second officer's word. */
import { become, client, play } from "./stage.mjs";

const SLUG = "pedagang-pasar-wonokromo";
const CHAIR = "+628123200001";
const TREASURER = "+628123200003";
const FITRI = "+6281231000013";
const AYU = "+6281235000001";

const ayu = await client(AYU);
const { id: cooperativeId } = await ayu("query ($slug: String!) { done: cooperative(slug: $slug) { id } }", {
  slug: SLUG,
});

/** One of the API's mutations, as somebody who isn't watched. */
function doing(ask, name, type, input, thing = "") {
  return ask(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { __typename ${thing} ... on Problem { code message } } }`,
    { input },
  );
}

await doing(ayu, "applyForMembership", "ApplyForMembershipInput", { cooperativeId });

const chair = await client(CHAIR);
const lilik = await client(TREASURER);
const idempotencyKey = () => crypto.randomUUID();
await doing(lilik, "openBooks", "OpenBooksInput", {
  cooperativeId,
  openedOn: "2025-01-01",
  idempotencyKey: idempotencyKey(),
});
const account = (number, name, line) =>
  doing(
    lilik,
    "addAccount",
    "AddAccountInput",
    { cooperativeId, number, name, line, idempotencyKey: idempotencyKey() },
    "... on ChartAccount { id }",
  );
const income = await account("4-1999", "Pendapatan jasa lapak", "MEMBER_INCOME");
const cash = await account("1-1999", "Kas kantor", "CASH");
await doing(lilik, "recordVoucher", "RecordVoucherInput", {
  cooperativeId,
  kind: "CASH_IN",
  bookedOn: "2025-12-10",
  description: "Pendapatan jasa tahun 2025",
  lines: [
    { accountId: cash.id, debit: 1_200_000 },
    { accountId: income.id, credit: 1_200_000 },
  ],
  idempotencyKey: idempotencyKey(),
});
await doing(lilik, "lockMonth", "LockMonthInput", {
  cooperativeId,
  month: "2025-12-01",
  idempotencyKey: idempotencyKey(),
});
const unit = await doing(
  chair,
  "openUnit",
  "OpenUnitInput",
  {
    cooperativeId,
    kind: "workshop",
    name: "Bengkel Pasar Wonokromo",
    place: { lat: -7.3, lon: 112.74 },
    regionCode: "35.78.19",
    idempotencyKey: idempotencyKey(),
  },
  "... on BusinessUnit { id }",
);
await doing(chair, "setUnitTerms", "SetUnitTermsInput", {
  id: unit.id,
  creditLimit: 500_000,
  creditDays: 30,
  bays: 2,
});
const oil = await doing(
  chair,
  "addUnitItem",
  "AddUnitItemInput",
  {
    unitId: unit.id,
    sku: "OLI-08",
    name: "Oli mesin 0,8 liter",
    categoryCode: "goods.other",
    price: 45_000,
    memberPrice: 40_000,
    reorderLevel: 20,
    idempotencyKey: idempotencyKey(),
  },
  "... on UnitItem { id }",
);
await doing(chair, "takeOpeningStock", "TakeOpeningStockInput", {
  unitId: unit.id,
  lines: [{ itemId: oil.id, quantity: 12, unitCost: 33_000 }],
  idempotencyKey: idempotencyKey(),
});
await doing(chair, "offerLoanProduct", "OfferLoanProductInput", {
  cooperativeId,
  name: "Modal usaha",
  purpose: "BUSINESS",
  method: "ANNUITY",
  rate: 1200,
  leastAmount: 500_000,
  mostAmount: 20_000_000,
  leastMonths: 3,
  mostMonths: 24,
  idempotencyKey: idempotencyKey(),
});
const { loanProducts } = await chair(
  "query ($slug: String!) { done: cooperative(slug: $slug) { loanProducts { id } } }",
  { slug: SLUG },
);
const fitri = await client(FITRI);
const { id: fitriId } = await doing(
  fitri,
  "applyForMembership",
  "ApplyForMembershipInput",
  { cooperativeId },
  "... on Membership { id }",
);
await doing(chair, "approveMembership", "ApproveMembershipInput", { id: fitriId });
await doing(fitri, "applyForLoan", "ApplyForLoanInput", {
  productId: loanProducts[0].id,
  amount: 10_000_000,
  months: 12,
  reason: "Etalase baru untuk lapak",
  idempotencyKey: idempotencyKey(),
});
await doing(lilik, "approveLoan", "LoanInput", {
  id: (await loans()).id,
});

async function loans() {
  const { loans } = await chair(
    "query ($slug: String!) { done: cooperative(slug: $slug) { loans(states: [APPLIED]) { nodes { id } } } }",
    { slug: SLUG },
  );
  return loans.nodes[0];
}

const programme = await doing(
  chair,
  "openProtectionProgramme",
  "OpenProtectionProgrammeInput",
  {
    cooperativeId,
    kind: "ACCIDENT",
    name: "Kecelakaan diri keluarga",
    provider: "Asuransi Nusantara",
    number: "PK-2026-77",
    payBy: 31,
    premium: 12_000,
    idempotencyKey: idempotencyKey(),
  },
  "... on ProtectionProgramme { id }",
);
const enrolment = await doing(
  fitri,
  "enrolInProtection",
  "EnrolInProtectionInput",
  { membershipId: fitriId, programmeId: programme.id, idempotencyKey: idempotencyKey() },
  "... on ProtectionEnrolment { id }",
);
await doing(fitri, "reportProtectionClaim", "ReportProtectionClaimInput", {
  enrolmentId: enrolment.id,
  kind: "ACCIDENT",
  happenedOn: new Date().toISOString().slice(0, 10),
  story: "Terpeleset di tangga pasar, kaki terkilir.",
  idempotencyKey: idempotencyKey(),
});

await play("governing", async ({ page, look, lookWide, fetched }) => {
  const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
  const confirm = (name) => page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await become(page, CHAIR);
  await page.goto("/loket/urusan");
  await page.getByRole("link", { name: /Keanggotaan/ }).waitFor();
  await look("affairs");
  await lookWide("affairs");
  await page.getByRole("link", { name: /Keanggotaan/ }).click();
  await page.getByRole("heading", { name: "Ayu" }).waitFor();
  await look("membership");
  await lookWide("membership");
  await press("Tolak");
  await look("refuse");
  await page.keyboard.press("Escape");
  await press("Terima");
  await page.getByText("Tidak ada lamaran yang menunggu").waitFor();
  await fetched(() => press("PDF"), /daftar-anggota.*\.pdf$/);
  await fetched(() => press("XLSX"), /daftar-anggota.*\.xlsx$/);
  await page.goto("/loket");
  await page.getByRole("link", { name: /Ayu/ }).click();
  await page.getByRole("heading", { name: "Keluar dari koperasi" }).waitFor();
  await look("member");
  await press("Akhiri keanggotaan");
  await page.getByLabel("Alasan").fill("Pindah ke Malang.");
  await look("resign");
  await confirm("Akhiri keanggotaan");
  await page.getByText(/^Diakhiri pengurus|^Mengundurkan diri/).waitFor();
  await page.goto("/loket/keanggotaan");
  await page.getByText("Pindah ke Malang.").waitFor();
  await look("departures");
  await page.goto("/loket/penarikan");
  await page.getByRole("heading", { name: "Penarikan simpanan" }).waitFor();
  await look("withdrawals");

  await page.goto("/loket/urusan");
  await page.getByRole("link", { name: /Pinjaman anggota/ }).waitFor();
  await look("waits");
  await page.getByRole("link", { name: /Pinjaman anggota/ }).click();
  await page.getByText("Etalase baru untuk lapak").waitFor();
  await look("loan");
  await lookWide("loan");
  await press("Setujui");
  await page.getByRole("button", { name: "Cairkan" }).waitFor();
  await press("Cairkan");
  await page.getByLabel("Lewat").selectOption("TRANSFER");
  await page.getByLabel(/Nomor referensi/).fill("BCA 0142");
  await look("disburse");
  await confirm("Cairkan");
  await page.getByText("Jadwal angsuran").waitFor();
  await look("disbursed");
  await page.goto("/loket/pinjaman");
  await page.getByText("Cadangan risiko").waitFor();
  await look("loans");
  await press("Berjalan");
  await page.getByRole("link", { name: /Modal usaha/ }).waitFor();
  await look("loans-running");
  await lookWide("loans-running");

  await page.goto("/loket/rapat");
  await page.getByRole("button", { name: "Undang rapat" }).waitFor();
  await press("Undang rapat");
  await page.getByLabel("Jenis").selectOption("EXTRAORDINARY");
  await page.getByLabel("Nama rapat").fill("Rapat anggota luar biasa");
  await page.getByLabel("Tempat").fill("Balai RW 05 Wonokromo");
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Hari", { exact: true }).fill(day);
  await page.getByLabel("Acara").fill("Pembukaan\nEtalase bersama\nPenutup");
  await look("call");
  await confirm("Undang rapat");
  await page.getByRole("link", { name: /Rapat anggota luar biasa/ }).waitFor();
  await press("Usulan baru");
  await page.getByLabel("Jenis").selectOption("OTHER");
  await page.getByLabel("Judul usulan").fill("Etalase bersama di pasar");
  await page.getByLabel("Bunyi usulan").fill("Koperasi menyewa satu etalase di pintu utama untuk semua anggota.");
  await look("draft");
  await confirm("Usulan baru");
  await page.getByRole("link", { name: /Etalase bersama/ }).waitFor();
  await look("governance");
  await lookWide("governance");
  await page.getByRole("link", { name: /Etalase bersama/ }).click();
  await press("Ajukan ke rapat");
  await page.getByLabel("Rapat", { exact: true }).selectOption({ label: "Rapat anggota luar biasa" });
  await confirm("Ajukan ke rapat");
  await page.getByText("Dipungut suaranya sesudah rapat dibuka.").waitFor();
  await look("motion");
  await page.getByRole("link", { name: "Lihat rapatnya" }).click();
  await page.getByRole("heading", { name: "Daftar hadir" }).waitFor();
  await look("meeting");
  await press("Catat hadir");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Anggota no/ })
    .first()
    .waitFor();
  await look("attendee");

  await page.goto("/loket/shu");
  await press("Hitung dan usulkan SHU");
  await confirm("Hitung dan usulkan SHU");
  await page.getByText("Diusulkan").waitFor();
  await look("surplus");
  await lookWide("surplus");

  await page.goto("/loket/unit");
  await page.getByRole("link", { name: /Bengkel Pasar Wonokromo/ }).click();
  await page.getByText("Oli mesin 0,8 liter").waitFor();
  await look("unit");
  await page
    .getByRole("group", { name: /Oli mesin/ })
    .getByRole("button")
    .last()
    .click();
  await press("Pilih anggota");
  await page.getByRole("button", { name: /Fitri/ }).click();
  await page.getByText(/^Pembeli: Fitri/).waitFor();
  await look("sale");
  await press("Jual tempo ke anggota");
  await confirm("Jual tempo ke anggota");
  await page.getByText(/ · Tempo$/).waitFor();
  await look("sold");
  await lookWide("sold");
  await press("Hitung fisik");
  await look("count");
  await page.goto("/loket/perlindungan");
  await page.getByText("Dana solidaritas").waitFor();
  await look("protection");
  await lookWide("protection");
  await press("Siapkan setoran");
  await look("prepare");
});
