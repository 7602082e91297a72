/** Bu Lilik's co-op is run from its counter: who joins and leaves, what waits for a second officer's word. */
import { become, play } from "./stage.mjs";
import { CHAIR } from "./wonokromo.mjs";

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
