/** Services at a time: Bu Tutik says when she grinds flour, and Ayu wants Cak Mat at an hour that somebody else has first. */
import { client } from "./stage.mjs";

/** The town's sellers leave such an order to who keeps the shop. */
const LEFT_TO_THE_SHOP = "diam, lama";
const WEEK = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/** Book the first free time of a service, for cash. */
async function takesFirst(ask, id, note = "") {
  const { variants, freeSlots } = await ask(
    "query ($id: ID!) { done: node(id: $id) { ... on Listing { variants { id } freeSlots { id } } } }",
    { id },
  );
  const input = {
    lines: [{ variantId: variants[0].id, quantity: 1 }],
    fulfilment: "SERVICE",
    slotId: freeSlots[0].id,
    payment: "CASH",
    note,
    idempotencyKey: crypto.randomUUID(),
  };
  const { subOrders } = await ask(
    `mutation ($input: PlaceOrderInput!) { done: placeOrder(input: $input) { __typename
      ... on Order { subOrders { number dropoffPin } } ... on Problem { code message } } }`,
    { input },
  );
  return subOrders[0];
}

/** From the menu: a new service, its times for two weeks in one go, one of them booked, one taken away; then the work. */
export async function setsTimes({ page, look }, ayu) {
  await page.getByRole("link", { name: "Jual barang baru" }).click();
  await page.getByLabel("Nama").fill("Giling tepung di tempat");
  await page.getByLabel("Harga (Rp)").fill("25.000");
  await page.getByLabel("Jenis").selectOption("service.repair");
  await page.getByRole("button", { name: "Jual", exact: true }).click();
  await page.getByText("Belum ada jadwal", { exact: true }).waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const adding = await plans(page);
  await adding.getByLabel(/^Lama tiap kali/).fill("45");
  await adding
    .getByRole("status")
    .filter({ hasText: /^Jadi 2 jadwal/ })
    .waitFor();
  await adding.getByRole("button", { name: "Tambah jadwal" }).click();
  await page.getByText("08.45–09.30").waitFor();

  const { number, dropoffPin } = await takesFirst(ayu, id, LEFT_TO_THE_SHOP);
  await page.getByRole("button", { name: "Kembali" }).click();
  await page.getByRole("link", { name: "Jadwal" }).click();
  await page.getByText(`Ayu Permata · pesanan ${number}`).waitFor();
  await look("times");
  const again = await plans(page);
  for (const day of WEEK) await again.getByRole("button", { name: day, exact: true }).click();
  await again.getByRole("group", { name: "Berapa minggu?" }).getByRole("button", { name: "Tambah" }).click();
  await again
    .getByRole("status")
    .filter({ hasText: /^Jadi 28 jadwal/ })
    .waitFor();
  await again
    .getByRole("group", { name: "Berapa pembeli sekaligus?" })
    .getByRole("button", { name: "Tambah" })
    .click();
  await look("adding-times");
  await again.getByRole("button", { name: "Tambah jadwal" }).click();
  const removes = page.getByRole("button", { name: /^Hapus jadwal/ });
  await removes.nth(26).waitFor(); // of 28 one is booked by one buyer
  await page.getByRole("button", { name: /^Tutup tempat kosong/ }).waitFor();
  await page.getByText("1 dari 2 tempat kosong").waitFor();
  await look("times-for-two");
  await removes.last().click();
  await removes.nth(26).waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Kembali" }).click();
  await page.getByRole("link", { name: /Pesanan$/ }).click();
  const card = page.locator("section section", { hasText: number });
  await card.getByText(/^Jadwal: /).waitFor();
  await look("booked-order");
  await card.getByRole("button", { name: "Terima" }).click();
  await card.getByRole("button", { name: "Mulai kerjakan" }).click();
  await card.getByLabel("PIN pembeli").fill(dropoffPin);
  await card.getByRole("button", { name: "Selesai" }).click();
  await card.waitFor({ state: "detached" });
  await writesInAService(page, look);
}

/** The sheet for more times, until half past nine. */
async function plans(page) {
  await page.getByRole("button", { name: "Tambah jadwal" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Sampai jam").fill("09:30");
  return sheet;
}

async function writesInAService(page, look) {
  await page.getByRole("link", { name: "Catat pesanan telepon" }).click();
  await page.getByLabel("Nama pembeli").fill("Pak Gatot");
  await page.getByLabel("Nomor HP pembeli").fill("081235000019");
  await page.getByRole("button", { name: "Tambah barang" }).click();
  await page.getByLabel("Cari di menu").fill("giling");
  await page.getByRole("dialog").getByRole("listitem").getByRole("button").click();
  await page.getByRole("button", { name: "08.45" }).click();
  await page.getByText(/^Harga ini berlaku sampai/).waitFor();
  await look("phone-service");
  await page.getByRole("button", { name: /^Catat pesanan · Rp/ }).click();
  await page.getByText("Sebutkan PIN ini kepada pembeli").waitFor();
  await page.getByRole("link", { name: "Lihat pesanan" }).click();
  await page.getByText(/^Jadwal: .*08\.45$/).waitFor();
}

/** Cak Mat and his son mend stoves tomorrow at three hours. */
async function aService() {
  const mat = await client("+62812320000101");
  const { id: sellerId } = await mat('{ done: seller(slug: "lapak-bumbu-cak-mat-1") { id } }');
  const service = {
    sellerId,
    kind: "SERVICE",
    title: "Servis kompor gas",
    description: "Dibersihkan dan disetel, suku cadang dihitung terpisah.",
    categoryCode: "service.repair",
    sessionMinutes: 60,
    variants: [{ unit: "SESSION", price: 45000 }],
    isPublished: true,
    idempotencyKey: crypto.randomUUID(),
  };
  const { id } = await mat(
    `mutation ($input: CreateListingInput!) { done: createListing(input: $input) { __typename
      ... on Listing { id } ... on Problem { code message } } }`,
    { input: service },
  );
  const starts = [8, 9, 10].map((hour) => {
    const at = new Date();
    at.setDate(at.getDate() + 1);
    at.setHours(hour, 0, 0, 0);
    return at.toISOString();
  });
  await mat(
    `mutation ($input: AddSlotsInput!) { done: addSlots(input: $input) { __typename
      ... on Problem { code message } } }`,
    { input: { listingId: id, starts, capacity: 2 } },
  );
  return id;
}

/** Ayu, signed in, wants eight o'clock; others have both its places first; she is offered nine, and takes it. */
export async function booksATime({ page, look }) {
  const [id, tutik] = [await aService(), await client("+62812320000100")];
  await page.goto(`/barang/${id}`);
  const eight = page.getByRole("button", { name: "08.00" });
  await eight.waitFor();
  if (await page.getByRole("button", { name: "Pilih waktunya dulu" }).isEnabled())
    throw new Error("ordered at no time");
  await eight.click();
  await look("service");
  await takesFirst(tutik, id);
  await takesFirst(tutik, id);
  await page.getByRole("button", { name: /^Pesan .* 08\.00 · Rp45\.000$/ }).click();
  await page.getByText(/baru saja diambil orang lain/).waitFor();
  await eight.waitFor({ state: "detached" });
  await look("time-gone");
  await page.getByRole("button", { name: /^Ganti ke .* 09\.00$/ }).click();
  await page.getByRole("button", { name: /^Pesan .* 09\.00 · Rp45\.000$/ }).click();
  await page.getByText(/^Jadwal: .*09\.00$/).waitFor();
  await look("booked");
}
