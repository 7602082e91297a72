import { words } from "../../ground/language";

export const say = words({
  help: ["Minta tolong", "Call for help"],
  helpWhat: [
    "Koperasi Anda langsung diberi tahu di mana Anda. Untuk bahaya, telepon 112 juga.",
    "Your co-op is told at once where you are. In danger, ring 112 too.",
  ],
  helpSend: ["Kirim permintaan tolong", "Send the call for help"],
  helpWords: ["Apa yang terjadi? (boleh kosong)", "What happened? (optional)"],
  helpCall: ["Telepon 112", "Ring 112"],
  helpSent: ["Panggilan tercatat. Koperasi diberi tahu.", "Your call is noted. The co-op is told."],
  incident: ["Ada kendala di jalan", "I have a problem on the road"],
  incidentWhat: ["Apa kendalanya?", "What stops you?"],
  incidentWords: ["Ceritakan singkat", "Say it in short"],
  incidentSend: ["Beri tahu petugas", "Tell the dispatcher"],
  incidentSent: ["Kendala tercatat", "It is noted"],
  waits: ["Menunggu petugas koperasi", "Waits for the co-op's dispatcher"],
  may: (ways: string) => [`Yang bisa dilakukan: ${ways}`, `What may be done: ${ways}`],
});

export const incidents = words({
  FLAT_TYRE: ["Ban bocor", "A flat tyre"],
  BREAKDOWN: ["Kendaraan mogok", "The vehicle broke down"],
  ACCIDENT: ["Kecelakaan", "An accident"],
  SHOP_CLOSED: ["Toko tutup", "The shop is closed"],
  GOODS_NOT_READY: ["Barang belum siap", "The goods are not ready"],
  GOODS_DAMAGED: ["Barang rusak", "The goods are damaged"],
  UNSAFE_PLACE: ["Tempatnya tidak aman", "It is not safe there"],
  ROAD_BLOCKED: ["Jalan tertutup", "The road is blocked"],
  ILLNESS: ["Saya sakit", "I have fallen ill"],
  OTHER: ["Lainnya", "Something else"],
});

export const remedies = words({
  WAIT: ["tunggu dulu", "wait"],
  REASSIGN: ["pengemudi lain mengambil pekerjaan ini", "another driver takes the job"],
  HAND_OVER: ["serahkan barang kepada pengemudi lain", "hand the goods to another driver"],
  TURN_BACK: ["bawa kembali ke toko", "bring it back to the shop"],
  CANCEL: ["pesanan dibatalkan", "the order is called off"],
});
