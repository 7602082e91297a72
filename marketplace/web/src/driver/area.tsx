import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import { useDraining } from "./queue/own";
import Work from "./work";

const Considered = lazy(() => import("./considered"));
const Earnings = lazy(() => import("./earnings"));
const JobPage = lazy(() => import("./job-page"));

/** Who carries: his shift, what he may take, what he holds and what it brings. */
export default function Driver() {
  useDraining();
  return (
    <Router>
      <Route component={Work} path="/" />
      <Route component={JobPage} path="/tugas/:id" />
      <Route component={Earnings} path="/hasil" />
      <Route component={Considered} path="/alasan" />
      <Route component={Missing} default />
    </Router>
  );
}
