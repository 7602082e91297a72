import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Pages from "./pages";

const Examples = lazy(() => import("./examples-page"));

/** Who writes an app: every example of docs/api, run against this node. */
export default function Developer() {
  return (
    <Router>
      <Route component={Pages} path="/" />
      <Route component={Examples} path="/:page" />
      <Route component={Missing} default />
    </Router>
  );
}
