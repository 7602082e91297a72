/** Bu Lilik's co-op is run from its counter: who joins and leaves, what waits for a second officer's word. */
import { become, client, play } from "./stage.mjs";

const SLUG = "pedagang-pasar-wonokromo";
const CHAIR = "+628123200001";
const AYU = "+6281235000001";

const ayu = await client(AYU);
const { id: cooperativeId } = await ayu("query ($slug: String!) { done: cooperative(slug: $slug) { id } }", {
  slug: SLUG,
});

/** One of the API's mutations, as somebody who isn't watched. */
function doing(ask, name, type, input) {
  return ask(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { __typename ... on Problem { code message } } }`,
    { input },
  );
}

await doing(ayu, "applyForMembership", "ApplyForMembershipInput", { cooperativeId });

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
});
