/** Suparman pauses, takes a job from the board, and carries it with the network cut from pickup to drop-off. */
import { orderFirst } from "./ordering.mjs";
import { client, play, pressing, signIn } from "./stage.mjs";

/** A word by which the town's drivers leave the job to the one on the screen. */
const LEFT_TO_SUPARMAN = "tanpa kurir";

/** What somebody sees of his part of the order. */
function seen(ask, id, fields) {
  return ask(`query ($id: ID!) { done: node(id: $id) { ... on SubOrder { ${fields} } } }`, { id });
}

const ayu = await client("+6281235000001");
const tutik = await client("+62812320000100");
const { id: subOrderId } = await orderFirst(ayu, { note: LEFT_TO_SUPARMAN });

await play("driving", async ({ page, context, look }) => {
  const press = pressing(page);
  await page.goto("/antar");
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, "+6281231000011");
  await press("Selesai narik");
  await page.getByRole("button", { name: "Mulai narik" }).waitFor();
  await look("off");
  await press("Mulai narik");
  await press("Jeda");
  await look("pause");
  await press("Sedang di aplikasi lain");
  await page.getByRole("button", { name: "Lanjut narik" }).waitFor();
  await look("paused");
  await press("Lanjut narik");
  await page.getByRole("button", { name: "Ambil" }).first().waitFor();
  await look("board");
  await press("Ambil");

  await page.getByRole("heading", { name: "Menuju toko" }).first().waitFor();
  await look("to-the-shop");
  await press("Saya sudah di toko");
  await page.getByLabel("PIN dari toko").fill("0000");
  await press("Barang sudah saya ambil");
  await page.getByRole("alert").filter({ hasText: "PIN salah" }).waitFor();
  await look("wrong-pin");
  await press("Mengerti");
  await press("Chat toko");
  await press("Saya sudah di depan.");
  await page.getByText(/^Anda · /).waitFor();
  await page.locator("button:enabled", { hasText: "Saya sudah di depan." }).waitFor();
  await look("chat");
  await press("Tutup");
  await press("Telepon toko");
  await page.getByText("Simulasi: tidak ada").waitFor();
  await look("call");
  const { pickupPin } = await seen(tutik, subOrderId, "pickupPin");
  const { dropoffPin } = await seen(ayu, subOrderId, "dropoffPin");

  await context.setOffline(true);
  await page.getByLabel("PIN dari toko").fill(pickupPin);
  await press("Barang sudah saya ambil");
  await page.getByText("1 belum terkirim").waitFor();
  await look("picked-up-offline");
  await page.goto("/antar");
  await page.getByText("Tidak ada sambungan internet").waitFor();
  await look("reopened-offline");
  await page.getByRole("link", { name: /^Antar ke / }).click();
  await press("Saya sudah sampai");
  await page.getByText("2 belum terkirim").waitFor();
  await press("Tidak bisa diserahkan");
  await page.getByLabel("Tidak ada orang").check();
  await look("cant-deliver");
  await press("Tutup");
  await page.getByLabel("PIN dari penerima").fill(dropoffPin);
  await look("door-offline");
  await press("Barang sudah diserahkan");
  await page.getByText("3 belum terkirim").waitFor();
  await page.getByText("Selesai, terima kasih").waitFor();
  await look("delivered-offline");
  await context.setOffline(false);
  await page.getByText("belum terkirim").waitFor({ state: "detached" });
  await page.getByText("Selesai, terima kasih").waitFor();
  await look("delivered");

  await page.goto("/antar/hasil");
  await page.getByText("Kios Beras Bu Tutik").first().waitFor();
  await look("earnings");
  await page.getByRole("link", { name: /Mengapa saya dilewati/ }).click();
  await page.getByText("Belum ada tawaran").waitFor();
  await look("why-not-me");

  const { job } = await seen(ayu, subOrderId, "job { state custody { handOver } }");
  if (job.state !== "DELIVERED" || job.custody.length !== 2) throw new Error(`not once: ${JSON.stringify(job)}`);
});
