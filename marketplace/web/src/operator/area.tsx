import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Health from "./health";

const Cooperatives = lazy(() => import("./cooperatives"));
const CooperativePage = lazy(() => import("./cooperative-page"));
const Reports = lazy(() => import("./reports"));
const Ratings = lazy(() => import("./ratings/ratings"));
const Audit = lazy(() => import("./audit"));

/** Who runs the node: whether it is well, whom it serves, what is complained of, and what was done. */
export default function Operator() {
  return (
    <Router>
      <Route component={Health} path="/" />
      <Route component={Cooperatives} path="/koperasi" />
      <Route component={CooperativePage} path="/koperasi/:slug" />
      <Route component={Reports} path="/laporan" />
      <Route component={Ratings} path="/laporan/penilaian" />
      <Route component={Audit} path="/catatan" />
      <Route component={Missing} default />
    </Router>
  );
}
