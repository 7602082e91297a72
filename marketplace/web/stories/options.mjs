/** Bu Tutik lets buyers choose how a thing of hers is packed: written in a minute, changed, seen as buyers see it. */

/** On the menu, where this thing is on sale. */
export async function letsChoose({ page, look }, title) {
  const sheet = page.getByRole("dialog");
  const line = (n) => sheet.getByLabel(`Pilihan ${n}`, { exact: true });
  const price = (n) => sheet.getByLabel("Tambah Rp").nth(n - 1);
  await page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
  await sheet.getByText("Misalnya tingkat pedas, topping atau ukuran.").waitFor();
  await sheet.getByLabel("Nama", { exact: true }).fill(`${title} Super`);
  await add("Kemasan", ["Plastik", ""], ["Karung goni", "2.000"]);
  await sheet.getByText("Wajib · Pilih satu: Plastik, Karung goni +Rp2.000").waitFor();
  if ((await sheet.getByLabel("Nama", { exact: true }).inputValue()) !== `${title} Super`)
    throw new Error("what was typed on the thing's sheet is gone");
  await sheet.getByLabel("Nama", { exact: true }).fill(title);
  await sheet.getByRole("button", { name: "Tambah pilihan" }).click();
  await sheet.getByLabel("Apa yang dipilih?").fill("Tambahan");
  await sheet.getByLabel("Pembeli wajib memilih").uncheck();
  await sheet.getByLabel("Boleh pilih lebih dari satu").check();
  await line(1).fill("Daun pandan");
  await price(1).fill("seribu");
  await sheet.getByText("Tulis angka saja, misalnya 2.000").waitFor();
  if (await sheet.getByRole("button", { name: "Simpan" }).isEnabled()) throw new Error("saved with a price in words");
  await look("choice-wrong-price");
  await price(1).fill("1.000");
  await line(2).fill("Santan");
  await price(2).fill("3000");
  await sheet.getByRole("button", { name: "Tambah baris" }).click();
  await line(3).fill("Gula");
  await look("choice");
  await sheet.getByRole("button", { name: "Simpan" }).click();
  await sheet.getByText("Boleh pilih sampai 3: Daun pandan +Rp1.000, Santan +Rp3.000, Gula").waitFor();
  if (!(await isSeen(sheet.getByRole("button", { name: /^Tambahan/ }))))
    throw new Error("what was saved lies out of sight");
  await look("choices");

  await sheet.getByRole("button", { name: /^Tambahan/ }).click();
  await sheet.getByRole("button", { name: "Hapus Pilihan 3" }).click();
  await sheet.getByLabel("Santan sedang habis").check();
  await look("choice-changed");
  await sheet.getByRole("button", { name: "Simpan" }).click();
  await sheet.getByText("Boleh pilih sampai 2: Daun pandan +Rp1.000, Santan +Rp3.000 (habis)").waitFor();
  await add("Salah tulis", ["Ya", ""], ["Tidak", ""]);
  await sheet.getByRole("button", { name: /^Salah tulis/ }).click();
  await sheet.getByRole("button", { name: "Hapus pilihan ini" }).click();
  await sheet.getByRole("button", { name: /^Salah tulis/ }).waitFor({ state: "detached" });
  await sheet.getByRole("button", { name: "Tutup", exact: true }).click();

  async function add(name, ...options) {
    await sheet.getByRole("button", { name: "Tambah pilihan" }).click();
    await sheet.getByLabel("Apa yang dipilih?").fill(name);
    for (const [n, [called, costs]] of options.entries()) {
      await line(n + 1).fill(called);
      await price(n + 1).fill(costs);
    }
    await sheet.getByRole("button", { name: "Simpan" }).click();
    await sheet.getByRole("button", { name: new RegExp(`^${name}`) }).waitFor();
  }
}

/** Whether it lies on the screen. */
function isSeen(part) {
  return part.evaluate((shown) => {
    const { top, bottom } = shown.getBoundingClientRect();
    return top >= 0 && bottom <= globalThis.innerHeight;
  });
}

/** What a buyer sees of it: one must be chosen before it goes into the basket, and is paid for. */
export async function choosesAsBuyer({ page, look }, ask, title) {
  const { listings } = await ask(
    `{ done: seller(slug: "kios-beras-bu-tutik-0") { listings(first: 50) { nodes { id title } } } }`,
  );
  await page.goto(`/barang/${listings.nodes.find((each) => each.title === title).id}`);
  const sheet = page.getByRole("dialog");
  const take = sheet.getByRole("button", { name: /Rp[0-9.]+$/ }).last();
  await sheet.getByText("Kemasan · Pilih satu").waitFor();
  if (await take.isEnabled()) throw new Error("nothing was chosen of what must be");
  await sheet.getByLabel("Karung goni").check();
  await sheet.getByLabel("Daun pandan").check();
  if (await sheet.getByLabel("Santan").isEnabled()) throw new Error("what is sold out can be chosen");
  await sheet.getByRole("button", { name: /Rp21\.000$/ }).waitFor();
  const gap = await sheet
    .locator("span:has(> img)")
    .first()
    .evaluate((shown) => shown.nextElementSibling.getBoundingClientRect().top - shown.getBoundingClientRect().bottom);
  if (gap < 0) throw new Error("the picture lies under the words below it");
  await look("as-buyers-choose");
}
