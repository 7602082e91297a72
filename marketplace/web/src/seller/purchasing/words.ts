import { words } from "../../ground/language";

/** What a seller reads of buying together with others. */
export const say = words({
  note: ["Beli bahan dengan harga grosir", "Supplies at the wholesale price"],
  help: [
    "Beli bahan bareng koperasi dan penjual lain: makin banyak yang ikut, makin murah.",
    "Buy supplies together with co-ops and other sellers: the more join, the lower the price.",
  ],
  open: ["Sedang dibuka", "Open now"],
  noneOpen: ["Belum ada yang dibuka", "None is open"],
  noneOpenHelp: ["Koperasi membukanya di sini. Lihat lagi nanti.", "Co-ops open them here. Look again later."],
  yours: ["Pembelian Anda", "What you bought"],
  youTake: (n: number, measure: string) => [`Anda ikut ${n} ${measure}`, `You take ${n} ${measure}`],
});
