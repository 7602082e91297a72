import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Savings from "./savings";

const Passbook = lazy(() => import("./passbook"));
const Loans = lazy(() => import("./loans"));
const LoanPage = lazy(() => import("./loan-page"));
const Meetings = lazy(() => import("./meetings"));
const MeetingPage = lazy(() => import("./meeting-page"));
const MotionPage = lazy(() => import("./motion-page"));
const Surplus = lazy(() => import("./surplus"));

/** What a member has with his co-op: savings and dues, loans, meetings and votes, and his share of the surplus. */
export default function Member() {
  return (
    <Router>
      <Route component={Savings} path="/" />
      <Route component={Passbook} path="/simpanan/:id" />
      <Route component={Loans} path="/pinjaman" />
      <Route component={LoanPage} path="/pinjaman/:id" />
      <Route component={Meetings} path="/rapat" />
      <Route component={MeetingPage} path="/rapat/:id" />
      <Route component={MotionPage} path="/usulan/:id" />
      <Route component={Surplus} path="/shu" />
      <Route component={Missing} default />
    </Router>
  );
}
