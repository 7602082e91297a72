import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import { Incoming, useWatch } from "./incoming";
import Orders from "./orders";

const Menu = lazy(() => import("./menu"));
const NewThing = lazy(() => import("./new-thing"));

/** Who sells: his orders are watched, and ring, on whichever of the area's pages he is. */
export default function Seller() {
  const watched = useWatch();
  return (
    <Incoming.Provider value={watched}>
      <Router>
        <Route component={Orders} path="/" />
        <Route component={Menu} path="/menu" />
        <Route component={NewThing} path="/menu/baru" />
        <Route component={Missing} default />
      </Router>
    </Incoming.Provider>
  );
}
