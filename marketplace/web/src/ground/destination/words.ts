import { words } from "../language";

export const say = words({
  institution: ["Bank atau e-wallet", "Bank or wallet"],
  institutionHint: ["Misalnya: BCA, BRI, Mandiri, GoPay", "For instance: BCA, BRI, Mandiri, GoPay"],
  accountNumber: ["Nomor rekening atau HP", "Account or phone number"],
  holder: ["Atas nama", "Account holder"],
  holderHint: ["Persis seperti di buku tabungan", "Exactly as the bank writes it"],
});
