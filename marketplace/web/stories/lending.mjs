/** What the drivers' co-op lends: a loan that another member stands behind, and oil of the workshop paid by one. */
import { become, client, play, pressing } from "./stage.mjs";

const TREASURER = "+628123100003";
const MEMBER = "+6281231000013";
const GUARANTOR = "+6281231000011";
const SLUG = "pengemudi-suroboyo";
const problem = "__typename ... on Problem { code message }";

const treasurer = await client(TREASURER);
const { id: cooperativeId, units } = await treasurer(
  `{ done: cooperative(slug: "${SLUG}") { id units { id name items(first: 5) { nodes { id name } } } } }`,
);
const workshop = units.find(({ name }) => name === "Bengkel Pengemudi Suroboyo");
if (!workshop) throw new Error("the workshop's oil is bought by the story before this one");

const offer = {
  cooperativeId,
  name: "Keperluan Keluarga",
  purpose: "FAMILY",
  method: "DECLINING",
  rate: 1200,
  leastAmount: 100_000,
  mostAmount: 3_000_000,
  leastMonths: 3,
  mostMonths: 24,
  guarantors: 1,
  pledged: 1000,
  idempotencyKey: "keeping family",
};
await treasurer(
  `mutation ($input: OfferLoanProductInput!) { done: offerLoanProduct(input: $input) { ${problem} } }`,
  {
    input: offer,
  },
);
const oil = workshop.items.nodes.find(({ name }) => name.startsWith("Oli mesin"));
await treasurer(
  `mutation ($input: SetUnitItemTermsInput!) { done: setUnitItemTerms(input: $input) { ${problem} } }`,
  { input: { id: oil.id, memberPrice: 45_000 } },
);
const guarantor = await client(GUARANTOR);
const { memberships } = await guarantor("{ done: viewer { memberships { number cooperative { slug } } } }");
const { number } = memberships.find(({ cooperative }) => cooperative.slug === SLUG);

await play("lending", async ({ page, look }) => {
  const press = pressing(page);
  const inSheet = (name) => page.getByRole("dialog").last().getByRole("button", { name, exact: true }).click();
  await become(page, TREASURER);
  await page.goto("/loket/pinjaman");
  await page.getByRole("link", { name: /Produk pinjaman/ }).click();
  await press("Buat produk");
  await page.getByLabel("Nama produk").fill("Pinjaman Perawatan Motor");
  await page.getByLabel("Keperluan", { exact: true }).selectOption("MAINTENANCE");
  await page.getByLabel("Bunga setahun (%)").fill("10,5");
  await page.getByLabel("Pinjaman terkecil (Rp)").fill("50.000");
  await page.getByLabel("Pinjaman terbesar (Rp)").fill("5.000.000");
  await page.getByLabel("Paling lama (bulan)").fill("12");
  await page.getByLabel("Uangnya dibayarkan ke mana?").selectOption("UNIT");
  await look("loan-product");
  await inSheet("Buat produk");
  await page.getByRole("heading", { name: "Pinjaman Perawatan Motor" }).waitFor();
  await look("loan-products");

  await become(page, MEMBER);
  await page.goto("/anggota/pinjaman");
  await page.getByRole("link", { name: "Ajukan pinjaman" }).click();
  await page.getByLabel("Pinjam berapa (Rp)?").fill("300.000");
  await page.getByLabel("Berapa lama?").selectOption("6");
  await page.getByLabel("Untuk keperluan apa?").fill("Seragam dan buku sekolah anak");
  await page.getByLabel("Nomor anggota penjamin 1").fill(String(number));
  await page.getByText("Bunga efektif setahun").waitFor();
  await look("ask-for-loan");
  await press("Ubah potongan");
  await page.getByLabel("Paling banyak dari penghasilan sehari").selectOption({ label: "20 %" });
  await page.getByRole("checkbox", { name: "Iuran operasional" }).uncheck();
  await look("agree-to-deduction");
  await inSheet("Setuju dipotong sampai 20 %");
  await page.getByText(/^Dipotong paling banyak 20 %/).waitFor();
  await press("Ajukan Rp300.000");
  await page.getByText("Menunggu jawaban penjamin.").waitFor();
  await look("loan-asked-for");
  await become(page, GUARANTOR);
  await page.goto("/anggota/pinjaman");
  await page.getByText("Perlu jawaban").waitFor();
  await look("asked-to-guarantee");
  await page.getByRole("link", { name: /Seragam dan buku/ }).click();
  await press("Saya jamin");
  await page.getByText(/^Anda menjamin pinjaman .+ ikut menanggungnya\.$/).waitFor();
  await look("guaranteed");

  await become(page, MEMBER);
  await page.goto("/anggota/belanja");
  await page.getByRole("link", { name: "Beli dengan dibiayai koperasi" }).click();
  const more = page
    .getByRole("group", { name: /Oli mesin/ })
    .getByRole("button")
    .last();
  await more.click();
  await page.getByRole("heading", { name: "Belum bisa diajukan" }).waitFor(); // less than the product lends
  await look("buy-too-little");
  await more.click();
  await page.getByLabel("Berapa lama?").selectOption("3");
  await page.getByLabel("Untuk keperluan apa?").fill("Ganti oli dua motor");
  await page.getByText("Bunga efektif setahun").waitFor();
  await look("buy-with-loan");
  await press("Ajukan Rp90.000");
  await page.getByText("Menunggu keputusan pengurus.").waitFor();
  await look("purchase-asked-for");
  const asked = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1));

  await become(page, TREASURER);
  await page.goto(`/loket/pinjaman/${encodeURIComponent(asked)}`);
  await page.getByText(/2 × Oli mesin/).waitFor();
  await look("loan-for-goods");
  const borrower = await page.getByRole("heading", { level: 1 }).textContent();
  await press("Setujui");
  await page.getByText(/^Sudah disetujui. Uangnya dibayarkan ke/).waitFor();
  await look("loan-for-goods-agreed");
  await page.goto(`/loket/unit/${encodeURIComponent(workshop.id)}`);
  await press("Pilih anggota");
  await page.getByRole("searchbox").fill(borrower);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(borrower) })
    .click();
  await page.getByRole("heading", { name: "Dibiayai pinjaman koperasi" }).waitFor();
  await look("goods-on-loan");
  await press("Jual, dibiayai koperasi");
  await look("sell-on-loan");
  await inSheet("Jual, dibiayai koperasi");
  await page
    .getByText(/Dibiayai koperasi$/)
    .first()
    .waitFor();
  await look("sold-on-loan");
  await become(page, MEMBER);
  await page.goto(`/anggota/pinjaman/${encodeURIComponent(asked)}`);
  await page.getByText(/^Nota PJ/).waitFor();
  await look("loan-bought");
});
