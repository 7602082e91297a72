/** Weeks later: a group sends its delegate, Fitri is heard, two officers decide, she appeals, and all members rule on it. */
import { become, client, play, pressing } from "./stage.mjs";
import { CHAIR, doing, FITRI, SECRETARY, SLUG, TREASURER } from "./traders.mjs";

const chair = await client(CHAIR);
const { meetings, members } = await chair(
  `query ($slug: String!) { done: cooperative(slug: $slug) {
    meetings(first: 20) { nodes { id kind } }
    members(first: 20) { nodes { id account { name } } }
  } }`,
  { slug: SLUG },
);
const meetingOf = (wanted) => meetings.nodes.find(({ kind }) => kind === wanted).id;
const [general, group] = [meetingOf("EXTRAORDINARY"), meetingOf("GROUP")];
const fitri = members.nodes.find(({ account }) => account.name.startsWith("Fitri")).id;

await play("ruling", async ({ page, look }) => {
  const press = pressing(page);
  const confirm = (name) => page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  const at = (place, id) => page.goto(`/${place}/${encodeURIComponent(id)}`);
  const idHere = () => decodeURIComponent(page.url().split("/").at(-1));
  const choose = async (button, name) => {
    await press(button);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: new RegExp(name) })
      .click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  const table = async (meetingId) => {
    await press("Ajukan ke rapat");
    await page.getByLabel("Rapat", { exact: true }).selectOption(meetingId);
    await confirm("Ajukan ke rapat");
    await page.getByText("Pemungutan suara bisa dimulai setelah rapat dibuka.").waitFor();
    return idHere();
  };
  const agree = async (note) => {
    await press("Sepakat (musyawarah)");
    await page.getByLabel("Catatan mufakat").fill(note);
    return () => confirm("Sepakat (musyawarah)");
  };

  await become(page, CHAIR);
  await at("loket/rapat", group);
  for (const name of ["Fitri", "Agus Salim"]) await choose("Catat hadir", name);
  await page.goto("/loket/pemilihan");
  await page.getByLabel("Jabatan", { exact: true }).selectOption("MEMBER");
  await page.getByLabel("Judul usulan").fill("Utusan Lapak utara");
  await page.getByLabel("Keterangan untuk anggota").fill("Mewakili kelompok di rapat anggota luar biasa.");
  await choose("Tambah calon", "Agus Salim");
  await press("Buat pemilihan");
  const sent = await table(group);
  await at("loket/rapat", group);
  await press("Buka rapat");
  await page.getByText("Berlangsung").waitFor();
  await at("loket/usulan", sent);
  const agreed = await agree("Agus Salim disepakati jadi utusan.");
  await page.getByLabel("Terpilih ke-1").selectOption({ label: "Agus Salim" });
  await look("delegate-agreed");
  await agreed();
  await page.getByText("Diterima", { exact: true }).waitFor();
  await doing(chair, "closeMeeting", "CloseMeetingInput", { meetingId: group, minutes: "Utusan: Agus Salim." });
  await at("loket/rapat", general);
  await page.getByText("Lapak utara · mewakili 3 anggota").waitFor();
  await look("delegates");

  await at("loket/anggota", fitri);
  await page.getByText(/^Pembelaannya: Saya sakit/).waitFor();
  await press("Catat sidang");
  await page.getByLabel("Anggota hadir?").selectOption("yes");
  await page.getByLabel("Berita acara").fill("Ia mengakui dua kali terlambat menyetor.");
  await look("record-hearing");
  await confirm("Catat sidang");
  await page.getByText("Sudah didengar").waitFor();
  await press("Putuskan pemberhentian");
  await page.getByLabel("Putusan dan alasannya").fill("Diberhentikan karena tiga kali tidak menyetor.");
  await confirm("Putuskan pemberhentian");
  await page.getByText("Menunggu pengurus kedua").waitFor();
  await look("first-word");
  await become(page, TREASURER);
  await at("loket/anggota", fitri);
  await press("Putuskan pemberhentian");
  await confirm("Putuskan pemberhentian");
  await page.getByText("Diputuskan", { exact: true }).waitFor();
  await look("second-word");

  await become(page, FITRI);
  await page.goto("/kabar");
  await page.getByRole("link", { name: /^Keputusan pemberhentian/ }).click();
  await page.getByText(/^Tidak setuju\? Sampai/).waitFor();
  await look("decided");
  await press("Ajukan banding");
  await page.getByLabel("Alasan Anda").fill("Dua dari tiga setoran itu ada kuitansinya.");
  await look("appeal");
  await confirm("Ajukan banding");
  await page.getByText("Menunggu rapat anggota").waitFor();
  await look("appealed");
  await press("Tulis usulan pembatalan");
  await page.getByLabel("Alasan Anda").fill("Setoran itu sudah lunas.");
  await confirm("Tulis usulan pembatalan");
  await page.getByRole("heading", { name: "Pemberhentian anggota" }).waitFor();
  await look("own-motion");
  const overturning = idHere();

  await become(page, CHAIR);
  await at("loket/anggota", fitri);
  await press("Usulkan: pemberhentian dikuatkan");
  await page.getByLabel("Alasan usulan").fill("Pengurus tetap pada putusannya.");
  await look("uphold");
  await confirm("Usulkan: pemberhentian dikuatkan");
  const upholding = await table(general);
  await at("loket/usulan", overturning);
  await table(general);
  const here = members.nodes.map(({ id }) => id).filter((id) => id !== fitri);
  await doing(chair, "registerAttendance", "RegisterAttendanceInput", { meetingId: general, membershipIds: here });
  await at("loket/rapat", general);
  await press("Buka rapat");
  await page.getByText("Berlangsung").waitFor();
  await at("loket/usulan", upholding);
  await press("Pungut suara terbuka");
  await confirm("Pungut suara terbuka");
  for (const name of ["Siti Maimunah", "Lilik Suryani"]) await choose("Beri surat suara", name);
  await press("Masukkan hitungan");
  await page.getByLabel("Jumlah kertas: Tidak setuju").fill("2");
  await look("enter-piles");
  await confirm("Masukkan hitungan");
  await page.getByText("2 kertas · 0 dari 2 saksi setuju").waitFor();

  await become(page, SECRETARY);
  await at("anggota/usulan", upholding);
  await page.getByText(/^Suara Anda juga berlaku untuk 2 anggota/).waitFor();
  await page.getByText("Tidak setuju", { exact: true }).first().click();
  await look("vote-of-a-delegate");
  await press("Beri suara");
  await page.getByText("Suara Anda sudah masuk").waitFor();
  await page.getByRole("button", { name: /^Saya saksinya/ }).click();
  await page.getByText("2 kertas · 1 dari 2 saksi").waitFor();
  const witness = await client(TREASURER);
  const { paperBallots } = await witness(
    "query ($id: ID!) { done: node(id: $id) { ... on Motion { paperBallots { id } } } }",
    { id: upholding },
  );
  await doing(witness, "witnessPaperBallots", "WitnessPaperBallotsInput", { id: paperBallots[0].id });

  await become(page, CHAIR);
  await at("loket/usulan", upholding);
  await press("Tutup pemungutan suara");
  await confirm("Tutup pemungutan suara");
  await page.getByText("Ditolak", { exact: true }).waitFor();
  await page.getByText("5 suara").waitFor();
  await look("rejected");
  await at("loket/usulan", overturning);
  await (await agree("Rapat sepakat Fitri tetap anggota."))();
  await page.getByText("Diterima", { exact: true }).waitFor();
  await become(page, FITRI);
  await page.goto("/anggota/perkara");
  await page.getByText("Anda tetap anggota.").waitFor();
  await look("stays");
});
