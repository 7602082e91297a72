import { Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import Home from "./home";

/** The shop: what everybody sees without an account. */
export default function Shop() {
  return (
    <Router>
      <Route component={Home} path="/" />
      <Route component={Missing} default />
    </Router>
  );
}
