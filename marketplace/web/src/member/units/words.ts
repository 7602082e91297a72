import { words } from "../../ground/language";

/** What the pages of purchases at units and of the workshop say. */
export const say = words({
  title: ["Belanja & bengkel", "Purchases and workshop"],
  units: ["Unit usaha koperasi", "The co-op's units"],
  noUnits: ["Koperasi belum punya unit usaha.", "The co-op has no units yet."],
  purchases: ["Belanja saya", "My purchases"],
  noPurchases: ["Belum ada belanja", "Nothing bought yet"],
  jobs: ["Servis saya", "My jobs"],
  job: ["Servis", "Job"],
  book: ["Pesan servis", "Book a service"],
  financed: ["Beli dengan dibiayai koperasi", "Buy with the co-op's financing"],
  payByLoan: ["Bayar dengan pinjaman koperasi", "Pay with the co-op's financing"],
  workshop: ["Bengkel", "Workshop"],
  vehicle: ["Plat nomor dan jenis kendaraan", "Plate and vehicle"],
  complaint: ["Apa keluhannya?", "What is wrong with it?"],
  day: ["Tanggal", "Day"],
  hour: ["Jam", "Hour"],
  booked: ["Sudah dipesan", "Booked"],
  comes: ["Datang", "Comes in"],
  complained: ["Keluhan", "Complaint"],
  estimate: ["Perkiraan biaya", "Estimate"],
  noEstimate: ["Bengkel belum memperkirakan biayanya.", "The workshop has made no estimate yet."],
  times: (n: number, price: string) => [`${n} × ${price}`, `${n} × ${price}`],
  total: ["Jumlah", "Total"],
  agreedTo: (amount: string, day: string) => [`Anda setuju ${amount}, ${day}`, `You agreed to ${amount}, ${day}`],
  askAgreed: ["Pekerjaan menunggu jawaban Anda.", "Work waits for your answer."],
  agree: (amount: string) => [`Setuju ${amount}`, `Agree to ${amount}`],
  refuse: ["Tidak setuju", "I don't agree"],
  answered: ["Jawaban Anda tercatat", "Your answer is noted"],
  cancel: ["Batalkan pesanan", "Call it off"],
  cancelled: ["Pesanan dibatalkan", "Called off"],
  billOf: (number: string) => [`Tagihan ${number}`, `Bill ${number}`],
  paidBy: ["Cara bayar", "Payment"],
  due: ["Jatuh tempo", "Due"],
  dueBy: (day: string) => [`jatuh tempo ${day}`, `due ${day}`],
  returned: ["Dikembalikan", "Returned"],
  line: (n: number, name: string) => [`${n} × ${name}`, `${n} × ${name}`],
});

export const ways = words({
  CASH: ["tunai", "cash"],
  TRANSFER: ["transfer", "transfer"],
  CREDIT: ["tempo (bayar nanti)", "on credit"],
  FINANCED: ["dibiayai pinjaman koperasi", "by a loan of the co-op"],
  ORDER: ["lewat aplikasi", "by the app"],
});

export const jobStates = words({
  BOOKED: ["Dipesan", "Booked"],
  RECEIVED: ["Diterima", "Received"],
  ESTIMATED: ["Perlu jawaban", "Needs an answer"],
  WORKING: ["Dikerjakan", "In work"],
  BILLED: ["Selesai", "Done"],
  CANCELLED: ["Dibatalkan", "Called off"],
});

export const JOB_TONES = {
  BOOKED: "calm",
  RECEIVED: "calm",
  ESTIMATED: "warn",
  WORKING: "calm",
  BILLED: "good",
  CANCELLED: "bad",
} as const;
