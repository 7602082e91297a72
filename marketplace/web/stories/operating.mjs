/** Who runs the node: a dead letter is replayed, what was reported is decided, a shop and a co-op stopped for a while. */
import { orderFirst } from "./ordering.mjs";
import { become, client, play, pressing } from "./stage.mjs";

const OPERATOR = "+6281230000001";
/** Bu Tutik, of whose shop is ordered. */
const KEEPER = "+62812320000100";

const ayu = await client("+6281235000001");
const ordered = await orderFirst(ayu, {});
const { listings } = await ayu(
  '{ done: seller(slug: "lapak-bumbu-cak-mat-1") { listings(first: 2) { nodes { id title } } } }',
);
for (const { id } of listings.nodes) {
  await ayu(
    `mutation ($input: ReportListingInput!) {
      done: reportListing(input: $input) { __typename ... on Problem { code message } }
    }`,
    { input: { id, reason: "MISLEADING", text: "Fotonya bukan barang ini" } },
  );
}

/** Ayu rates the shop once the town has brought her order, and Bu Tutik, whose shop it is, finds it should not stand. */
async function ratingReported({ page, look }) {
  const isBrought = `{ done: node(id: "${ordered.id}") { ... on SubOrder { rateable } } }`;
  for (let tries = 0; !(await ayu(isBrought)).rateable.includes("SELLER"); tries += 1) {
    if (tries === 120) throw new Error("the order never came");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await ayu(
    `mutation ($input: RateSubOrderInput!) {
      done: rateSubOrder(input: $input) { __typename ... on Rating { id } ... on Problem { code message } }
    }`,
    { input: { subOrderId: ordered.id, about: "SELLER", stars: 1, text: "Jangan beli di sini, hubungi saya saja" } },
  );
  await become(page, KEEPER);
  await page.goto("/jual/toko");
  await page.getByRole("button", { name: /^Penilaian pembeli/ }).click();
  const rating = page.getByRole("listitem").filter({ hasText: "hubungi saya saja" });
  await rating.getByRole("button", { name: "Laporkan" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Ini iklan, bukan penilaian");
  await look("report-rating");
  await page.getByRole("dialog").getByRole("button", { name: "Laporkan" }).click();
  await page.getByText("Laporan terkirim").waitFor();
  await become(page, OPERATOR);
}

await play("operating", async ({ page, look, lookWide }) => {
  const press = pressing(page);
  const sheet = page.getByRole("dialog");
  const because = async (why, button) => {
    await sheet.getByRole("textbox").fill(why);
    await sheet.getByRole("button", { name: button, exact: true }).click();
    await sheet.waitFor({ state: "detached" });
  };
  await become(page, OPERATOR);
  await page.goto("/pengelola");
  await page.getByText("Node ini siap").waitFor();
  await page.getByRole("button", { name: "Jalankan ulang" }).waitFor();
  await look("health");
  await lookWide("health");
  await press("Jalankan ulang");
  await page.getByText("Tidak ada yang macet").waitFor();
  await look("replayed");

  await page.getByRole("link", { name: "Laporan" }).click();
  await page.getByText("Menyesatkan").first().waitFor();
  await look("reports");
  await press("Turunkan barang");
  await look("take-off");
  await because("Foto tidak sesuai barang", "Turunkan barang");
  await page.getByText("Diturunkan").waitFor();
  await press("Biarkan tayang");
  await because("Fotonya sudah benar", "Biarkan tayang");
  await page.getByText("Dibiarkan").waitFor();
  await look("answered");

  await ratingReported({ page, look });
  await page.goto("/pengelola/laporan");
  await page.getByRole("link", { name: /Penilaian dilaporkan/ }).click();
  await page.getByText("Dilaporkan: Ini iklan, bukan penilaian").waitFor();
  await look("ratings");
  await press("Sembunyikan penilaian");
  await look("hide-rating");
  await because("Iklan, bukan penilaian", "Sembunyikan penilaian");
  await page.getByText("Tidak ada penilaian yang dilaporkan").waitFor();
  await look("no-ratings");

  await page.getByRole("link", { name: "Koperasi" }).click();
  await page.getByRole("link", { name: /Koperasi Kurir Tanjung Perak/ }).waitFor();
  await look("co-ops");
  await page.getByRole("link", { name: /Koperasi Kurir Tanjung Perak/ }).click();
  await press("Hentikan koperasi");
  await because("Izin berakhir", "Hentikan koperasi");
  await page.getByRole("button", { name: "Aktifkan lagi" }).waitFor();
  await look("suspended");
  await page.goto("/pengelola/koperasi");
  await page.getByRole("link", { name: /Koperasi Kurir Tanjung Perak/ }).click();
  await press("Aktifkan lagi");
  await page.getByRole("button", { name: "Hentikan koperasi" }).waitFor();
  await page.goto("/pengelola/koperasi/pedagang-pasar-wonokromo");
  await page.getByRole("button", { name: "Blokir toko" }).first().waitFor();
  await look("co-op");
  await page.getByRole("button", { name: "Blokir toko" }).last().click();
  await because("Menunggu pemeriksaan", "Blokir toko");
  await page.getByText("Menunggu pemeriksaan").waitFor();
  await press("Buka blokir");
  await page.getByText("Diblokir").waitFor({ state: "detached" });

  await page.goto("/pengelola/catatan");
  await page.getByRole("button", { name: /Penilaian disembunyikan/ }).waitFor();
  await page.getByRole("button", { name: /Kejadian macet dijalankan ulang/ }).click();
  await look("log-entry");
  await page.getByRole("button", { name: "Tutup", exact: true }).click();
  await look("log");
});
