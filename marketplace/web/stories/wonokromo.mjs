/** Bu Lilik's co-op before its counter is watched: books, a unit, a loan asked for, an accident reported. */
import { readFileSync } from "node:fs";
import { client } from "./stage.mjs";
import { CHAIR, doing, FITRI, SLUG, TREASURER } from "./traders.mjs";

const AYU = "+6281235000001";

const ayu = await client(AYU);
const { id: cooperativeId } = await ayu("query ($slug: String!) { done: cooperative(slug: $slug) { id } }", {
  slug: SLUG,
});

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
const claim = await doing(
  fitri,
  "reportProtectionClaim",
  "ReportProtectionClaimInput",
  {
    enrolmentId: enrolment.id,
    kind: "ACCIDENT",
    happenedOn: new Date().toISOString().slice(0, 10),
    story: "Terpeleset di tangga pasar, kaki terkilir.",
    idempotencyKey: idempotencyKey(),
  },
  "... on ProtectionClaim { id missingDocuments }",
);
const paper = new Blob([readFileSync(new URL("../public/icon-512.png", import.meta.url))], { type: "image/png" });
for (const kind of claim.missingDocuments) {
  await fitri.send(
    `/protection/documents?${new URLSearchParams({ claim: claim.id, kind, name: "surat.png" })}`,
    paper,
  );
}
