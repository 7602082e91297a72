import { words } from "../ground/language";

export const say = words({
  // orders
  orders: ["Pesanan", "Orders"],
  noShop: ["Anda belum punya toko", "You have no shop yet"],
  noShopHelp: [
    "Daftarkan toko Anda lewat pengurus koperasi terdekat.",
    "Ask the officers of a co-op near you to open one.",
  ],
  toMarket: ["Lihat-lihat pasar", "Look around the market"],
  bellWhy: [
    "Supaya tidak terlewat: pesanan baru berbunyi dan bergetar sampai dijawab.",
    "So that you miss none: a new order rings and shakes until it is answered.",
  ],
  bellOn: ["Nyalakan bunyi", "Let it ring"],
  bellOff: ["Matikan bunyi", "Turn the sound off"],
  bellAsleep: ["Sentuh layar sekali supaya bunyi menyala.", "Touch the screen once to wake the bell."],
  noWork: ["Belum ada pesanan", "No orders now"],
  noWorkHelp: ["Pesanan baru muncul di sini dengan sendirinya.", "New orders appear here by themselves."],
  toAnswer: ["Jawab sekarang", "Answer now"],
  inWork: ["Sedang disiapkan", "Being made"],
  toFetch: ["Siap diambil", "Ready to be fetched"],
  moreWaits: ["Masih ada pesanan lain. Jawab yang ini dulu.", "More orders wait. Answer these first."],
  paidOnline: ["Dibayar online", "Paid online"],
  cashToDriver: ["Tunai, dibayar kepada pengemudi", "Cash, paid to the driver"],
  takeCash: (total: string) => [`Terima tunai ${total} dari pembeli`, `Take ${total} in cash from the buyer`],
  youGet: (amount: string) => [`Anda menerima ${amount}`, `You get ${amount}`],
  answerWithin: (n: number, t: string) => [
    `Jawab dalam ${n} menit (sebelum ${t})`,
    `Answer within ${n} min (before ${t})`,
  ],
  tooLate: ["Waktu menjawab sudah habis", "The time to answer is over"],
  readyIn: ["Siap dalam berapa menit?", "Ready in how many minutes?"],
  accept: ["Terima", "Accept"],
  acceptIn: (n: number) => [`Terima · siap ${n} menit`, `Accept · ready in ${n} min`],
  decline: ["Tolak", "Decline"],
  declineWhy: ["Mengapa ditolak?", "Why decline?"],
  declineHelp: ["Pembeli membaca alasan ini.", "The buyer reads this."],
  less: ["Tidak semua ada", "Not all of it is there"],
  lessHelp: [
    "Tinggal berapa yang ada? Pembeli punya 10 menit untuk setuju atau membatalkan.",
    "How much is left? The buyer has 10 minutes to take it or cancel.",
  ],
  ordered: (n: number) => [`Dipesan ${n}`, `${n} ordered`],
  lessNote: ["Pesan untuk pembeli (boleh kosong)", "A word to the buyer (may be empty)"],
  lessNoteHint: ["Misalnya: besok ada lagi.", "Such as: there is more tomorrow."],
  lessIsNothing: [
    "Bila tidak ada sama sekali, tolak saja pesanannya.",
    "If nothing at all is there, decline the order.",
  ],
  lessAsk: ["Tawarkan ke pembeli", "Offer it to the buyer"],
  lessWaits: (total: string) => [
    `Ditawarkan sebagian, total ${total}. Menunggu jawaban pembeli.`,
    `Offered in part, ${total} in all. The buyer answers next.`,
  ],
  declineOwn: ["Tulis alasannya", "Write why"],
  readyBy: (t: string, n: number) => [`Siap pukul ${t} (${n} menit lagi)`, `Ready at ${t} (in ${n} min)`],
  lateBy: (n: number) => [`Terlambat ${n} menit`, `${n} min late`],
  ready: ["Siap", "Ready"],
  longer: ["Tambah waktu", "More time"],
  longerHelp: ["Berapa menit lagi? Pembeli diberi tahu.", "How many minutes more? The buyer is told."],
  addMinutes: (n: number) => [`Tambah ${n} menit`, `Add ${n} min`],
  begin: ["Mulai kerjakan", "Begin"],
  call: ["Telepon", "Call"],
  comingBack: ["Dibawa kembali ke toko", "Coming back to you"],
  broughtBy: (name: string) => [`Pengemudi: ${name}`, `Driver: ${name}`],
  pinReturn: [
    "Sebutkan PIN ini setelah barang kembali di tangan Anda",
    "Tell this PIN once you have the goods again",
  ],
  pinToDriver: ["Sebutkan PIN ini saat pengemudi di depan Anda", "Tell this PIN when the driver stands before you"],
  buyerPin: ["PIN pembeli", "The buyer's PIN"],
  buyerPinHint: ["Pembeli menunjukkannya saat mengambil.", "The buyer shows it to you."],
  handOver: ["Serahkan", "Hand it over"],
  done: ["Selesai", "Done"],
  shops: ["Toko Anda", "Your shops"],
  // menu
  menu: ["Menu", "Menu"],
  noMenu: ["Belum ada yang dijual", "Nothing on sale yet"],
  newThing: ["Jual barang baru", "Sell something new"],
  soldOutToday: ["Habis hari ini", "Sold out today"],
  backAgain: ["Ada lagi", "There is some again"],
  sell: ["Jual", "Put on sale"],
  takeOff: ["Berhenti menjual", "Take off sale"],
  saved: ["Tersimpan", "Saved"],
  onSale: ["Sudah dijual", "On sale"],
  title: ["Nama", "Name"],
  titleHint: ["Seperti disebut pembeli: Nasi goreng ayam", "As buyers say it: chicken fried rice"],
  price: ["Harga (Rp)", "Price (Rp)"],
  priceOf: (of: string) => [`Harga (Rp) per ${of}`, `Price (Rp) per ${of}`],
  per: ["Dijual per", "Sold by the"],
  category: ["Jenis", "Category"],
  stock: ["Stok", "Stock"],
  stockOf: (n: string) => [`stok ${n}`, `${n} in stock`],
  stockHint: ["Kosongkan bila tidak dihitung.", "Leave it empty if you don't count."],
  description: ["Keterangan (boleh kosong)", "About it (may be empty)"],
  addPhoto: ["Tambah foto", "Add a photo"],
  otherPhoto: ["Tambah foto lain", "Add another photo"],
  photoChosen: ["Foto yang dipilih", "The chosen photo"],
  // shop
  shop: ["Toko", "Shop"],
  open: ["Buka", "Open"],
  closed: ["Tutup", "Closed"],
  opensAt: (when: string) => [`Buka lagi ${when}`, `Opens again ${when}`],
  pausedUntil: (when: string) => [`Istirahat sampai ${when}`, `Pausing until ${when}`],
  pause: ["Istirahat dulu", "Pause"],
  pauseHelp: ["Selama istirahat tidak ada pesanan masuk.", "No orders come in while you pause."],
  resume: ["Buka lagi sekarang", "Open again now"],
  hours: ["Jam buka", "Opening hours"],
  changeHours: ["Ubah jam buka", "Change the hours"],
  alwaysOpen: ["Selalu buka", "Always open"],
  opens: ["Buka", "Opens"],
  closes: ["Tutup", "Closes"],
  closeThen: (day: string, from: string) => [`Hapus jam ${day} ${from}`, `Remove ${day} ${from}`],
  addHours: (day: string) => [`Tambah jam ${day}`, `Add hours on ${day}`],
  likeMonday: ["Semua hari seperti Senin", "All days like Monday"],
  pushWhy: ["Pesanan baru juga muncul saat aplikasi ini ditutup.", "New orders also show while this app is closed."],
  asBuyersSee: ["Lihat toko seperti pembeli", "See the shop as buyers do"],
  account: ["Akun & bahasa", "Account & language"],
  // sales
  sales: ["Penjualan", "Sales"],
  noSales: ["Belum ada penjualan", "Nothing sold yet"],
  dayOrders: (n: string) => [`${n} pesanan`, `${n} orders`],
  dayGot: (amount: string) => [`Anda menerima ${amount}`, `You got ${amount}`],
  dayExpected: (amount: string) => [
    `Ditambah ${amount} dari yang masih berjalan`,
    `And ${amount} of those still under way`,
  ],
  payouts: ["Pencairan", "Payouts"],
  noPayouts: ["Belum ada pencairan", "No payouts yet"],
  payoutHelp: (cooperative: string) => [
    `${cooperative} membayarkan hasil penjualan Anda ke rekening atau e-wallet.`,
    `${cooperative} pays what you sold to your account or wallet.`,
  ],
  askPayout: ["Cairkan uang", "Ask for a payout"],
  askFor: (amount: string) => [`Cairkan ${amount}`, `Pay out ${amount}`],
  payoutAmount: ["Berapa (Rp)?", "How much (Rp)?"],
  payoutHint: [
    "Paling sedikit Rp10.000, paling banyak yang menjadi hak toko.",
    "At least Rp10.000, at most what the shop is owed.",
  ],
  payoutAsked: ["Pencairan diminta", "The payout is asked for"],
  payTo: ["Rekening tujuan", "Where to pay"],
  paidTo: (to: string) => [`Dibayar ke ${to}`, `Paid to ${to}`],
  institution: ["Bank atau e-wallet", "Bank or wallet"],
  institutionHint: ["Misalnya: bca, bri, mandiri, gopay", "For instance: bca, bri, mandiri, gopay"],
  accountNumber: ["Nomor rekening atau HP", "Account or phone number"],
  holder: ["Atas nama", "Account holder"],
  holderHint: ["Persis seperti di buku tabungan", "Exactly as the bank writes it"],
});

export const states = words({
  PLACED: ["Menunggu pembayaran", "Waiting for payment"],
  PAID: ["Menunggu jawaban Anda", "Waiting for your answer"],
  CASH_AGREED: ["Menunggu jawaban Anda", "Waiting for your answer"],
  ACCEPTED: ["Diterima", "Accepted"],
  PREPARING: ["Disiapkan", "Being made"],
  READY: ["Siap", "Ready"],
  IN_SERVICE: ["Dikerjakan", "Being done"],
  COLLECTED: ["Diantar", "On its way"],
  DELIVERED: ["Sudah sampai", "Delivered"],
  CLOSED: ["Selesai", "Done"],
  RETURNED: ["Kembali ke toko", "Returned"],
  CANCELLED: ["Dibatalkan", "Cancelled"],
  DECLINED: ["Ditolak", "Declined"],
  EXPIRED: ["Tidak dijawab", "Not answered"],
  DISPUTED: ["Ada keluhan", "Complaint"],
  RESOLVED: ["Keluhan selesai", "Complaint settled"],
});

export const payoutStates = words({
  REQUESTED: ["Diminta", "Asked for"],
  SENT: ["Dikirim", "Sent"],
  CONFIRMED: ["Sampai", "Arrived"],
  FAILED: ["Gagal", "Failed"],
  CANCELLED: ["Dibatalkan", "Cancelled"],
});

export const pauseNames = words({
  half: ["30 menit", "30 minutes"],
  hour: ["1 jam", "1 hour"],
  twoHours: ["2 jam", "2 hours"],
  today: ["Sampai hari ini berakhir", "Until the day ends"],
});

export const standings = words({
  onSale: ["Dijual", "On sale"],
  soldOutToday: ["Habis hari ini", "Sold out today"],
  noStock: ["Stok habis", "Out of stock"],
  offSale: ["Tidak dijual", "Not on sale"],
  suspended: ["Ditangguhkan", "Suspended"],
});

export const declineReasons = words({
  soldOut: ["Bahan habis", "Sold out"],
  tooBusy: ["Sedang terlalu ramai", "Too busy now"],
  closing: ["Sebentar lagi tutup", "About to close"],
  other: ["Alasan lain", "Another reason"],
});

/** Words for the schema's values. Read while rendering: they follow the language. */
export const fulfilments = words({
  DELIVERY: ["Diantar", "Delivered"],
  PICKUP: ["Diambil pembeli", "The buyer fetches it"],
  SERVICE: ["Jasa", "Service"],
});

export const jobStates = words({
  DRAFT: ["Mencari pengemudi", "Looking for a driver"],
  OPEN: ["Mencari pengemudi", "Looking for a driver"],
  OFFERED: ["Mencari pengemudi", "Looking for a driver"],
  ASSIGNED: ["Pengemudi menuju toko Anda", "The driver comes to your shop"],
  AT_PICKUP: ["Pengemudi sudah di toko Anda", "The driver is at your shop"],
  CARRYING: ["Dibawa pengemudi", "On its way"],
  AT_DROPOFF: ["Pengemudi di tempat pembeli", "The driver is at the buyer's"],
  AT_HUB: ["Di titik kumpul", "At a hub"],
  DELIVERED: ["Sudah diserahkan", "Handed over"],
  FAILED: ["Tidak bisa diserahkan", "Could not be handed over"],
  RETURNING: ["Dibawa kembali ke toko", "Coming back to you"],
  RETURNED: ["Kembali di toko", "Back at the shop"],
  UNSERVED: ["Belum ada pengemudi", "No driver yet"],
  CANCELLED: ["Pengantaran dibatalkan", "Delivery cancelled"],
});

export const parties = words({
  SELLER: ["Toko Anda", "Your shop"],
  SELLER_COOPERATIVE: ["Koperasi Anda", "Your co-op"],
  CARRIER_COOPERATIVE: ["Koperasi pengemudi", "The drivers' co-op"],
  DRIVER: ["Pengemudi", "The driver"],
  NETWORK: ["Jaringan koperasi", "The network of co-ops"],
  BUYER: ["Kembali ke pembeli", "Back to the buyer"],
});

/** By which rule somebody gets his share. */
export const rules = words({
  seller_share: ["Bagian toko", "The shop's share"],
  commission: ["Potongan koperasi", "The co-op's commission"],
  network_fee: ["Iuran jaringan", "The network's fee"],
  alliance_share: ["Bagian ongkos antar", "Share of the delivery"],
  carrier_share: ["Bagian ongkos antar", "Share of the delivery"],
  driver_share: ["Bagian ongkos antar", "Share of the delivery"],
  refund: ["Pengembalian, ditanggung", "Refund, borne by"],
  failed_ride: ["Antaran gagal, ditanggung", "Failed delivery, borne by"],
  lost_goods: ["Barang hilang, ditanggung", "Lost goods, borne by"],
});

export const liableParties = words({
  NOBODY: ["bersama", "nobody"],
  BUYER: ["pembeli", "the buyer"],
  SELLER: ["toko", "the shop"],
  CARRIER: ["koperasi pengemudi", "the drivers' co-op"],
  NETWORK: ["jaringan", "the network"],
});
