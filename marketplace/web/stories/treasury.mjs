/** Pak Bambang sees to the co-op's money: what members can save in, and what it borrows, drawn part by part. */
import { become, client, play, pressing } from "./stage.mjs";

const CHAIR = "+628123100001";
const TREASURER = "+628123100003";
const SLUG = "pengemudi-suroboyo";
const problem = "__typename ... on Problem { code message }";

/** The chair agrees to what the treasurer recorded as borrowed, and records that more of it came in. */
async function moreOfTheBorrowing() {
  const chair = await client(CHAIR);
  const { borrowings } = await chair(
    `{ done: cooperative(slug: "${SLUG}") { borrowings(first: 1) { nodes { id receivedOn } } } }`,
  );
  const [{ id, receivedOn }] = borrowings.nodes;
  await chair(`mutation ($input: AnswerBorrowingInput!) { done: answerBorrowing(input: $input) { ${problem} } }`, {
    input: { id, isAgreed: true },
  });
  const input = { id, amount: 15_000_000, receivedOn, bankReference: "SPM-118", idempotencyKey: "treasury draw" };
  await chair(`mutation ($input: DrawBorrowingInput!) { done: drawBorrowing(input: $input) { ${problem} } }`, {
    input,
  });
}

const treasurer = await client(TREASURER);
const { id: cooperativeId, openMonths } = await treasurer(
  `{ done: cooperative(slug: "${SLUG}") { id openMonths(first: 1) { nodes { month } } } }`,
);
if (openMonths.nodes.length === 0) {
  const openedOn = `${new Date().toISOString().slice(0, 7)}-01`;
  await treasurer(`mutation ($input: OpenBooksInput!) { done: openBooks(input: $input) { ${problem} } }`, {
    input: { cooperativeId, openedOn, idempotencyKey: "treasury" },
  });
}

await play("treasury", async ({ page, look }) => {
  const press = pressing(page);
  const inSheet = (name) => page.getByRole("dialog").last().getByRole("button", { name, exact: true }).click();
  await become(page, TREASURER);
  await page.goto("/loket/urusan");
  await page.getByRole("link", { name: /Produk simpanan/ }).click();
  await press("Buat produk");
  await page.getByLabel("Jenis").selectOption("TERM");
  await page.getByLabel("Nama produk").fill("Simpanan Lebaran");
  await page.getByLabel("Bunga setahun (%)").fill("4,5");
  await page.getByLabel("Jangka waktu (bulan)").fill("12");
  await page.getByLabel("Setoran terkecil (Rp)").fill("100.000");
  await look("savings-product");
  await inSheet("Buat produk");
  await page.getByRole("heading", { name: "Simpanan Lebaran" }).waitFor();
  await look("savings-products");
  await press("Ubah bunga");
  await page.getByLabel("Bunga setahun (%)").fill("2,5");
  await look("savings-rate");
  await inSheet("Ubah bunga");
  await page.getByText("2,5 %").waitFor();

  await page.goto("/loket/pinjaman-luar");
  await press("Catat pinjaman");
  await page.getByLabel("Pemberi pinjaman", { exact: true }).selectOption("LPDB");
  await page.getByLabel("Nama pemberi pinjaman").fill("LPDB Koperasi");
  await page.getByLabel("Nomor perjanjian").fill("PK-88/LPDB/2026");
  await page.getByLabel("Jumlah (Rp)").fill("50.000.000");
  await page.getByLabel(/^Yang masuk lebih dulu/).fill("20.000.000");
  await page.getByLabel("Jangka waktu (bulan)").fill("24");
  await page.getByLabel("Bunga setahun (%)").fill("3");
  await look("borrow");
  await inSheet("Catat pinjaman");
  await page.getByText("Menunggu", { exact: true }).waitFor();
  await look("borrowings");
  await moreOfTheBorrowing();
  await page.reload();
  await page.getByText(/^Rp15\.000\.000 .* menunggu persetujuan/).waitFor();
  await look("part-waits");
  await press("Setujui uang masuk");
  await page.getByText("Rp35.000.000 dari Rp50.000.000").waitFor();
  await look("part-booked");
  await press("Catat uang masuk lagi");
  await page.getByLabel("Jumlah (Rp)").fill("15.000.000");
  await page.getByLabel("Nomor referensi bank").fill("SPM-131");
  await look("draw");
  await inSheet("Catat uang masuk lagi");
  await page.getByText(/SPM-131\) menunggu/).waitFor();
});
