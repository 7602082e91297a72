/** Who can't come sends others: Fitri names a proxy and takes it back, her group is called; she answers what she is charged with. */
import { become, client, play, pressing } from "./stage.mjs";
import { CHAIR, FITRI, SLUG } from "./traders.mjs";

const chair = await client(CHAIR);
const { meetings, members } = await chair(
  `query ($slug: String!) { done: cooperative(slug: $slug) {
    meetings(first: 20) { nodes { id kind } }
    members(first: 20) { nodes { id number account { name } } }
  } }`,
  { slug: SLUG },
);
const coming = meetings.nodes.find(({ kind }) => kind === "EXTRAORDINARY").id;
const secretary = members.nodes.find(({ account }) => account.name === "Agus Salim");
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

await play("sending", async ({ page, look }) => {
  const press = pressing(page);
  const confirm = (name) => page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  const at = (place, id) => page.goto(`/${place}/${encodeURIComponent(id)}`);

  await become(page, FITRI);
  await at("anggota/rapat", coming);
  await page.getByLabel("Nomor anggota yang diberi kuasa").fill(String(secretary.number));
  await press("Beri kuasa");
  await page.getByText("Agus Salim memilih untuk Anda.").waitFor();
  await look("proxy");
  await become(page, CHAIR);
  await at("loket/rapat", coming);
  await page.getByText(/^Agus Salim memilih untuk Fitri/).waitFor();
  await look("proxies");
  await page.goto("/loket/kelompok");
  await page.getByLabel("Nama kelompok").fill("Lapak utara");
  for (const [button, name] of [
    ["Buat dengan anggota pertama", "Fitri"],
    ["Tambah anggota Lapak utara", "Agus Salim"],
    ["Tambah anggota Lapak utara", "Djoko Santoso"],
  ]) {
    await press(button);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: new RegExp(name) })
      .click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await page.getByText("3 anggota", { exact: true }).waitFor();
  await look("group");
  await press("Undang rapat Lapak utara");
  await page.getByLabel("Sebelum rapat").selectOption(coming);
  await page.getByLabel("Nama rapat").fill("Rapat Lapak utara");
  await page.getByLabel("Tempat").fill("Lapak Mbak Yem");
  await page.getByLabel("Hari", { exact: true }).fill(inDays(16));
  await page.getByLabel("Acara").fill("Pemilihan utusan");
  await look("call-group");
  await confirm("Undang rapat Lapak utara");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await become(page, FITRI);
  await page.goto("/anggota/rapat");
  await press("Koperasi Pedagang Pasar Wonokromo");
  await page.getByRole("link", { name: /Rapat Lapak utara/ }).waitFor();
  await at("anggota/rapat", coming);
  await press("Tarik kuasa, saya memilih sendiri");
  await page.getByText(/^Bila anggaran rumah tangga membolehkan/).waitFor();
  await page.goto("/anggota/data");
  await press("Koperasi Pedagang Pasar Wonokromo");
  await page.getByRole("link", { name: "Perkara pemberhentian" }).click();
  await page.getByText(/^Tiga kali tidak menyetor/).waitFor();
  await look("called");
  await press("Tulis pembelaan");
  await page.getByLabel("Pembelaan Anda").fill("Saya sakit dua minggu; setorannya sudah saya lunasi tanggal 3.");
  await look("defence");
  await press("Kirim pembelaan");
  await page.getByText(/^Saya sakit dua minggu/).waitFor();
});
