/**
 * The traders' annual meeting, called weeks ago: candidates, a secret vote that is checked, paper ballots and lots, what
 * is agreed by consensus, the surplus shared out.
 */
import { become, client, play, pressing } from "./stage.mjs";
import { doing as asks, CHAIR, FITRI, SLUG, TREASURER } from "./traders.mjs";

const chair = await client(CHAIR);
const idempotencyKey = () => crypto.randomUUID();
const doing = (...asked) => asks(chair, ...asked);

const traders = await chair(
  `query ($slug: String!) {
    done: cooperative(slug: $slug) {
      id
      meetings(first: 20) { nodes { id kind } }
      members(first: 20) { nodes { id account { name } } }
      surplusAllocations(first: 1) { nodes { number } }
    }
  }`,
  { slug: SLUG },
);
const meeting = traders.meetings.nodes.find(({ kind }) => kind === "ANNUAL");
const fitri = traders.members.nodes.find(({ account }) => account.name.startsWith("Fitri"));
const others = traders.members.nodes.filter(({ id }) => id !== fitri.id);
const watcher = others.at(-1); // the pengawas: an officer may not be one too
const secretary = others.find(({ account }) => account.name === "Agus Salim");
const treasurer = others.find(({ account }) => account.name === "Lilik Suryani");
const { number } = traders.surplusAllocations.nodes[0];

async function tabled(kind, title, text, more = {}) {
  const input = { cooperativeId: traders.id, kind, title, text, ...more, idempotencyKey: idempotencyKey() };
  const { id } = await doing("draftMotion", "DraftMotionInput", input, "... on Motion { id }");
  await doing("tableMotion", "TableMotionInput", { motionId: id, meetingId: meeting.id });
  return id;
}
const surplus = await tabled("SURPLUS", `Pembagian SHU ${number}`, `Rapat menyetujui pembagian ${number}.`);
const mandates = await tabled(
  "BY_LAWS",
  "Kuasa suara dan utusan kelompok",
  "Agar yang tidak bisa datang tetap bersuara.",
  {
    byLaws: {
      values: [
        { name: "PROXIES_A_HOLDER", value: 2 },
        { name: "DELEGATES_ALLOWED", value: 1 },
      ],
      since: new Date().toISOString().slice(0, 10),
    },
  },
);
const candidateIds = [secretary.id, fitri.id];
const tied = await tabled("ELECTION", "Pemilihan sekretaris", "Masa jabatan sekretaris berakhir.", {
  election: { role: "SECRETARY", seats: 1, termYears: 3, candidateIds },
});
const membershipIds = others.map(({ id }) => id);
await doing("registerAttendance", "RegisterAttendanceInput", { meetingId: meeting.id, membershipIds });

await play("deciding", async ({ page, look, lookWide, fetched }) => {
  const press = pressing(page);
  const confirm = (name) => page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  const choose = async (label, name) => {
    await press(label);
    await page.getByRole("dialog").getByRole("button", { name }).first().click();
    await page.getByRole("button", { name: `Hapus ${name}` }).waitFor();
  };
  const at = (place, id) => page.goto(`/${place}/${encodeURIComponent(id)}`);

  await become(page, CHAIR);
  await page.goto("/loket/rapat");
  await page.getByRole("heading", { name: "Kewajiban yang dekat" }).waitFor();
  await look("calendar");
  await page.getByRole("link", { name: /Pemilihan baru/ }).click();
  await page.getByLabel("Judul usulan").fill("Pemilihan pengawas");
  await page.getByLabel("Keterangan untuk anggota").fill("Masa jabatan pengawas berakhir.");
  for (const { account } of [fitri, watcher]) await choose("Tambah calon", account.name);
  await look("election");
  await press("Buat pemilihan");
  await press("Ajukan ke rapat");
  await page.getByLabel("Rapat", { exact: true }).selectOption(meeting.id);
  await confirm("Ajukan ke rapat");
  await page.getByText("Pemungutan suara bisa dimulai setelah rapat dibuka.").waitFor();
  const election = decodeURIComponent(page.url().split("/").at(-1));

  await page.goto("/loket/ketentuan");
  await page.getByText("Simpanan wajib per bulan").waitFor();
  await page.getByRole("button", { name: /^Simpanan wajib per bulan/ }).click();
  await page.getByLabel("Nilai baru (rupiah)").fill("25000");
  await confirm("Usulkan nilai baru");
  await page.getByText("menjadi Rp25.000").waitFor();
  await look("by-laws");
  await lookWide("by-laws");
  await press("Buat usulan");
  await page.getByLabel("Judul usulan").fill("Simpanan wajib Rp25.000");
  await page.getByLabel("Bunyi usulan").fill("Agar modal sendiri cukup untuk etalase.");
  await confirm("Buat usulan");
  await press("Hitung pada bulan lalu");
  await page.getByLabel(/^Dari bulan/).selectOption("2025-12-01");
  await page.getByLabel(/^Sampai bulan/).selectOption("2025-12-01");
  await confirm("Hitung pada bulan lalu");
  await page.getByText(/anggota lebih banyak/).waitFor();
  await look("replay");
  await page.goto("/loket/kelompok");
  await page.getByText("Belum ada kelompok").waitFor();
  await look("groups");

  await at("loket/rapat", meeting.id);
  await page.getByText(/suara hadir; kuorum/).waitFor();
  await press("Buka rapat");
  await page.getByText("Berlangsung").waitFor();
  await look("meeting-open");
  await at("loket/usulan", surplus);
  await press("Pungut suara rahasia");
  await look("secret-vote");
  await confirm("Pungut suara rahasia");
  await page.getByText("Pemungutan suara berlangsung.").waitFor();
  await look("voting");
  await doing("openVote", "OpenVoteInput", { motionId: election, isSecret: true });
  await at("loket/usulan", tied);
  await press("Pungut suara terbuka");
  await confirm("Pungut suara terbuka");
  for (const { account } of [watcher, treasurer]) {
    await press("Beri surat suara");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: new RegExp(account.name) })
      .click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  for (const { account } of [secretary, fitri]) {
    await press("Masukkan hitungan");
    await page.getByLabel("Pilihan ke-1").selectOption({ label: account.name });
    await page.getByLabel("Berapa kertas berurutan begini").fill("1");
    if (account === fitri.account) await look("enter-papers");
    await confirm("Masukkan hitungan");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await look("papers");

  await become(page, FITRI);
  await at("anggota/rapat", meeting.id);
  await press("Saya hadir");
  await page.getByText("Anda hadir daring.").waitFor();
  await look("member-meeting");
  await page.goto("/anggota/pinjaman");
  await page.getByRole("link", { name: /Modal usaha/ }).click();
  await page.getByText("Jadwal angsuran").waitFor();
  await look("member-loan");
  await at("anggota/usulan", surplus);
  await page.getByText("Setuju", { exact: true }).click();
  await look("ballot");
  await press("Beri suara");
  await page.getByText(/^Tanda terima:( [0-9a-f]{4}){16}$/).waitFor();
  await look("receipt");
  await at("anggota/usulan", election);
  await press(watcher.account.name);
  await press(fitri.account.name);
  await look("ranking");
  await press("Beri suara");
  await page.getByText(/^Tanda terima: /).waitFor();
  await at("anggota/usulan", tied);
  await page.getByRole("heading", { name: "Surat suara kertas" }).waitFor();
  await look("witness");
  for (const papers of [1, 2]) {
    await page
      .getByRole("button", { name: /^Saya saksinya/ })
      .nth(papers - 1)
      .click();
    await page
      .getByText("1 kertas · 1 dari 2 saksi")
      .nth(papers - 1)
      .waitFor();
  }
  const second = await client(TREASURER);
  const { paperBallots } = await second(
    "query ($id: ID!) { done: node(id: $id) { ... on Motion { paperBallots { id } } } }",
    { id: tied },
  );
  for (const { id } of paperBallots) await asks(second, "witnessPaperBallots", "WitnessPaperBallotsInput", { id });
  await doing("closeVote", "CloseVoteInput", { motionId: election });
  await doing("closeVote", "CloseVoteInput", { motionId: surplus });
  await at("anggota/usulan", election);
  await page.getByText("terpilih").waitFor();
  await press("Periksa suara saya");
  await page.getByText(`Suara Anda dihitung: ${watcher.account.name}, ${fitri.account.name}`).waitFor();
  await page.getByText(/cocok dengan hitungannya/).waitFor();
  await look("checked");

  await become(page, CHAIR);
  await at("loket/usulan", tied);
  await press("Tutup pemungutan suara");
  await confirm("Tutup pemungutan suara");
  await page.getByText(/^Suara calon sama banyak/).waitFor();
  await look("tied");
  await page.keyboard.press("Escape");
  await press("Tutup dengan undian");
  await page.getByLabel("Undian ke-1").selectOption({ label: secretary.account.name });
  await page.getByLabel("Undian ke-2").selectOption({ label: fitri.account.name });
  await look("lots");
  await confirm("Tutup dengan undian");
  await page.getByText("terpilih").waitFor();
  await look("elected-by-lots");
  await at("loket/usulan", mandates);
  await press("Sepakat (musyawarah)");
  await page.getByLabel("Catatan mufakat").fill("Disepakati semua yang hadir.");
  await look("consensus");
  await confirm("Sepakat (musyawarah)");
  await page.getByText("Diterima", { exact: true }).waitFor();
  await look("agreed");
  await at("loket/usulan", surplus);
  await page.getByText("1 suara").waitFor();
  await look("tally");
  await at("loket/rapat", meeting.id);
  await press("Tutup rapat");
  await page.getByLabel("Risalah").waitFor();
  await look("minutes");
  await confirm("Tutup rapat");
  await page.getByText("Selesai", { exact: true }).first().waitFor();
  await fetched(() => press("Unduh PDF"), /\.pdf$/);
  await fetched(() => press("Unduh Word"), /\.docx$/);
  await fetched(() => press("Unduh Excel"), /\.xlsx$/);
  await look("closed");
  await page.goto("/loket/shu");
  await press("Bukukan pembagian SHU");
  await page.getByRole("dialog").getByRole("combobox").selectOption({ index: 1 });
  await look("post-surplus");
  await confirm("Bukukan pembagian SHU");
  await press("Bayarkan ke simpanan anggota");
  await confirm("Bayarkan ke simpanan anggota");
  await page.getByText("Dibayarkan", { exact: true }).waitFor();
  await look("paid-surplus");

  await at("loket/anggota", fitri.id);
  await press("Panggil ke sidang pemberhentian");
  await page.getByLabel("Dasar pemberhentian").fill("Tiga kali tidak menyetor hasil penjualan titipan.");
  await page.getByLabel("Tempat").fill("Kantor koperasi");
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Hari sidang").fill(day);
  await look("hearing");
  await confirm("Panggil ke sidang pemberhentian");
  await page.getByText(/^Sidang .* di Kantor koperasi/).waitFor();
  await look("called-to-hearing");
});
