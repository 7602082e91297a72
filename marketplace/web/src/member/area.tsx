import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Savings from "./savings";

const Passbook = lazy(() => import("./passbook"));
const SavingsOffered = lazy(() => import("./saving/products"));
const Loans = lazy(() => import("./lending/loans"));
const LoanPage = lazy(() => import("./lending/loan-page"));
const Apply = lazy(() => import("./lending/apply"));
const Purchase = lazy(() => import("./lending/purchase"));
const Meetings = lazy(() => import("./meetings/meetings"));
const MeetingPage = lazy(() => import("./meetings/meeting-page"));
const MotionPage = lazy(() => import("./meetings/motion-page"));
const Surplus = lazy(() => import("./surplus"));
const More = lazy(() => import("./more"));
const Protection = lazy(() => import("./protection/protection"));
const Enrolment = lazy(() => import("./protection/enrolment"));
const Bill = lazy(() => import("./protection/bill"));
const Claim = lazy(() => import("./protection/claim"));
const Income = lazy(() => import("./income/income"));
const Units = lazy(() => import("./units/units"));
const Job = lazy(() => import("./units/job"));
const OpenBooks = lazy(() => import("./books/books"));
const Month = lazy(() => import("./books/month"));
const Budget = lazy(() => import("./books/budget"));
const Cases = lazy(() => import("./expulsion/cases"));
const Register = lazy(() => import("./register/register"));

/** What a member has with his co-op: savings and dues, loans, meetings and votes, his share of the surplus, and more. */
export default function Member() {
  return (
    <Router>
      <Route component={Savings} path="/" />
      <Route component={Passbook} path="/simpanan/:id" />
      <Route component={SavingsOffered} path="/menabung" />
      <Route component={Loans} path="/pinjaman" />
      <Route component={Apply} path="/pinjaman/ajukan" />
      <Route component={Purchase} path="/pinjaman/belanja" />
      <Route component={LoanPage} path="/pinjaman/:id" />
      <Route component={Meetings} path="/rapat" />
      <Route component={MeetingPage} path="/rapat/:id" />
      <Route component={MotionPage} path="/usulan/:id" />
      <Route component={Surplus} path="/shu" />
      <Route component={More} path="/lainnya" />
      <Route component={Protection} path="/perlindungan" />
      <Route component={Enrolment} path="/perlindungan/:id" />
      <Route component={Bill} path="/tagihan/:id" />
      <Route component={Claim} path="/klaim/:id" />
      <Route component={Income} path="/penghasilan" />
      <Route component={Units} path="/belanja" />
      <Route component={Job} path="/servis/:id" />
      <Route component={OpenBooks} path="/buku" />
      <Route component={Month} path="/buku/:slug/:month" />
      <Route component={Budget} path="/anggaran/:id" />
      <Route component={Register} path="/data" />
      <Route component={Cases} path="/perkara" />
      <Route component={Missing} default />
    </Router>
  );
}
