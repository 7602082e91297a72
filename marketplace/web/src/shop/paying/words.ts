import { words } from "../../ground/language";

export const say = words({
  payBy: ["Bayar dengan", "Pay with"],
  cash: ["Tunai saat barang tiba", "Cash when it arrives"],
  cashFetch: ["Tunai saat mengambil", "Cash when you fetch it"],
  cashThere: ["Tunai setelah selesai", "Cash when it is done"],
  noCash: ["Tidak menerima tunai", "No cash is taken here"],
  noOnline: ["Pesanan ini tidak bisa dibayar online", "This order can't be paid online"],
  noWay: ["Pesanan ini belum bisa dibayar. Hubungi toko.", "This order can't be paid yet. Call the shop."],
  bank: ["Bank", "Bank"],
  wallet: ["E-wallet", "Wallet"],
  payment: ["Pembayaran", "Payment"],
  simulated: ["Simulasi saja", "Simulated only"],
  returned: ["Dikembalikan", "Paid back"],
  returnedInPart: ["Dikembalikan sebagian", "Paid back in part"],
  payNow: (total: string) => [`Bayar sekarang · ${total}`, `Pay now · ${total}`],
  agreeCash: (total: string) => [`Pilih tunai · ${total}`, `Choose cash · ${total}`],
  givenUp: ["Dibatalkan", "Given up"],
  otherWay: ["Bayar dengan cara lain", "Pay another way"],
  scanQr: ["Pindai dengan aplikasi bank atau e\u2011wallet", "Scan it with your bank's or wallet's app"],
  qrAlt: ["Kode QRIS untuk membayar", "QRIS code to pay with"],
  virtualAccount: (bank: string) => [`Nomor virtual account ${bank}`, `Virtual account at ${bank}`],
  payAtProvider: ["Buka halaman pembayaran", "Open the payment page"],
  payThere: [
    "Anda membayar di halaman penyedia pembayaran, lalu kembali ke pesanan ini.",
    "You pay on the payment provider's page, then come back to this order.",
  ],
  refundWay: (amount: string) => [`${amount} kembali kepada Anda`, `${amount} goes back to you`],
  refundChoose: (amount: string) => [`Pilih cara ${amount} kembali`, `Choose how ${amount} comes back`],
  refundWhy: [
    "Uang ini tidak bisa kembali lewat jalan semula. Pilih yang paling mudah bagi Anda.",
    "It can't go back the way it came. Choose what suits you best.",
  ],
  refundHow: ["Bagaimana uangnya kembali?", "How should it come back?"],
  refundCash: ["Tunai, diambil di koperasi", "Cash, at the co-op"],
  refundTransfer: ["Transfer ke rekening atau e\u2011wallet saya", "A transfer to my bank or wallet"],
  refundSend: ["Kembalikan begini", "Give it back so"],
  payUntil: (t: string) => [`Bayar sebelum ${t}`, `Pay before ${t}`],
});

/** Over what is paid online. */
export const channels = words({
  SIMULATED: ["Bayar online (simulasi)", "Pay online (simulated)"],
  CARD: ["Kartu debit atau kredit", "Debit or credit card"],
  QRIS: ["QRIS, dengan aplikasi bank atau e\u2011wallet", "QRIS, with a bank's or wallet's app"],
  VIRTUAL_ACCOUNT: ["Transfer bank (virtual account)", "Bank transfer (virtual account)"],
  EWALLET: ["E-wallet", "E-wallet"],
});

/** Banks and wallets as providers name them. */
export const institutions = words({
  bca: ["BCA", "BCA"],
  bni: ["BNI", "BNI"],
  bri: ["BRI", "BRI"],
  cimb: ["CIMB Niaga", "CIMB Niaga"],
  permata: ["Permata", "Permata"],
  gopay: ["GoPay", "GoPay"],
  shopeepay: ["ShopeePay", "ShopeePay"],
});

export const paymentStates = words({
  AGREED: ["Tunai", "Cash"],
  PROCESSING: ["Diproses", "In progress"],
  AUTHORISED: ["Dana ditahan", "Money held"],
  SUCCEEDED: ["Lunas", "Paid"],
  FAILED: ["Gagal", "Failed"],
  SURPLUS: ["Lebih bayar", "Overpaid"],
});
