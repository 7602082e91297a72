import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Desk from "./desk/desk";

const MemberDesk = lazy(() => import("./desk/member-desk"));
const DriverDesk = lazy(() => import("./desk/driver-desk"));
const Vouchers = lazy(() => import("./vouchers/vouchers"));
const NewVoucher = lazy(() => import("./vouchers/new-voucher"));
const VoucherPage = lazy(() => import("./vouchers/voucher-page"));
const MonthPage = lazy(() => import("./vouchers/month-page"));
const Bank = lazy(() => import("./bank/bank"));
const Reports = lazy(() => import("./reports/reports"));
const TrialBalance = lazy(() => import("./reports/trial-balance"));
const Postings = lazy(() => import("./reports/postings"));
const Windows = lazy(() => import("./windows/windows"));
const WindowPage = lazy(() => import("./windows/window-page"));
const Affairs = lazy(() => import("./affairs/affairs"));
const Withdrawals = lazy(() => import("./desk/withdrawals"));
const Membership = lazy(() => import("./membership/membership"));
const Loans = lazy(() => import("./lending/loans"));
const LoanPage = lazy(() => import("./lending/loan-page"));
const LoanProducts = lazy(() => import("./loan-products/products"));
const Borrowings = lazy(() => import("./borrowing/borrowings"));
const Moving = lazy(() => import("./moving/moving"));
const Governance = lazy(() => import("./governance/governance"));
const NewElection = lazy(() => import("./governance/new-election"));
const ByLaws = lazy(() => import("./governance/by-laws"));
const Groups = lazy(() => import("./governance/groups"));
const MeetingDesk = lazy(() => import("./governance/meeting-desk"));
const MotionDesk = lazy(() => import("./governance/motion-desk"));
const Sellers = lazy(() => import("./sellers/sellers"));
const Surplus = lazy(() => import("./surplus/surplus"));
const Units = lazy(() => import("./units/units"));
const UnitDesk = lazy(() => import("./units/unit-desk"));
const Supplying = lazy(() => import("./units/supplying"));
const ItemList = lazy(() => import("./units/item-list"));
const ItemPage = lazy(() => import("./units/item-page"));
const SalePage = lazy(() => import("./units/sale-page"));
const UnitResult = lazy(() => import("./units/result"));
const JobCard = lazy(() => import("./units/job-card"));
const Rounds = lazy(() => import("./purchasing/rounds"));
const RoundPage = lazy(() => import("./purchasing/round-page"));
const Protection = lazy(() => import("./protection/protection"));
const Covering = lazy(() => import("./protection/covering"));
const SavingsProducts = lazy(() => import("./savings-products/products"));
const UnpaidDues = lazy(() => import("./dues/unpaid"));
const Board = lazy(() => import("./board/board"));

/** A co-op's officers: the counter, the books, the clearing, and the deliveries under way. */
export default function Counter() {
  return (
    <Router>
      <Route component={Desk} path="/" />
      <Route component={MemberDesk} path="/anggota/:id" />
      <Route component={Covering} path="/anggota/:id/perlindungan" />
      <Route component={DriverDesk} path="/pengemudi/:id" />
      <Route component={Vouchers} path="/bukti" />
      <Route component={NewVoucher} path="/bukti/baru" />
      <Route component={VoucherPage} path="/bukti/:id" />
      <Route component={MonthPage} path="/bulan" />
      <Route component={Bank} path="/bank" />
      <Route component={Reports} path="/laporan" />
      <Route component={TrialBalance} path="/neraca-saldo" />
      <Route component={Postings} path="/akun/:id" />
      <Route component={Windows} path="/kliring" />
      <Route component={WindowPage} path="/kliring/:id" />
      <Route component={Board} path="/antaran" />
      <Route component={Affairs} path="/urusan" />
      <Route component={Withdrawals} path="/penarikan" />
      <Route component={UnpaidDues} path="/iuran" />
      <Route component={Membership} path="/keanggotaan" />
      <Route component={Loans} path="/pinjaman" />
      <Route component={LoanPage} path="/pinjaman/:id" />
      <Route component={LoanProducts} path="/produk-pinjaman" />
      <Route component={SavingsProducts} path="/produk-simpanan" />
      <Route component={Borrowings} path="/pinjaman-luar" />
      <Route component={Moving} path="/pindahan" />
      <Route component={Governance} path="/rapat" />
      <Route component={NewElection} path="/pemilihan" />
      <Route component={ByLaws} path="/ketentuan" />
      <Route component={Groups} path="/kelompok" />
      <Route component={MeetingDesk} path="/rapat/:id" />
      <Route component={MotionDesk} path="/usulan/:id" />
      <Route component={Sellers} path="/toko" />
      <Route component={Surplus} path="/shu" />
      <Route component={Units} path="/unit" />
      <Route component={UnitDesk} path="/unit/:id" />
      <Route component={Supplying} path="/unit/:id/pembelian" />
      <Route component={ItemList} path="/unit/:id/barang" />
      <Route component={ItemPage} path="/unit/:id/barang/:item" />
      <Route component={SalePage} path="/unit/:id/nota/:sale" />
      <Route component={UnitResult} path="/unit/:id/hasil" />
      <Route component={JobCard} path="/unit/:id/kerja/:job" />
      <Route component={Rounds} path="/pembelian-bersama" />
      <Route component={RoundPage} path="/pembelian-bersama/:id" />
      <Route component={Protection} path="/perlindungan" />
      <Route component={Missing} default />
    </Router>
  );
}
