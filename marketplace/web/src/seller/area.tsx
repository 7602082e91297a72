import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import { Incoming, useWatch } from "./incoming";
import Orders from "./orders";

const Joint = lazy(() => import("./purchasing/joint"));
const Menu = lazy(() => import("./menu"));
const NewThing = lazy(() => import("./new-thing"));
const Opening = lazy(() => import("./opening/opening"));
const PhoneOrder = lazy(() => import("./phone/phone-order"));
const PriceList = lazy(() => import("./price-list/price-list"));
const Schedule = lazy(() => import("./slots/schedule"));
const ShopPage = lazy(() => import("./shop-page"));
const Sales = lazy(() => import("./sales"));
const Payouts = lazy(() => import("./payouts"));

/** Who sells: his orders are watched, and ring, on whichever of the area's pages he is. */
export default function Seller() {
  const watched = useWatch();
  return (
    <Incoming.Provider value={watched}>
      <Router>
        <Route component={Orders} path="/" />
        <Route component={Menu} path="/menu" />
        <Route component={NewThing} path="/menu/baru" />
        <Route component={Schedule} path="/jadwal/:id" />
        <Route component={PriceList} path="/impor" />
        <Route component={PhoneOrder} path="/telepon" />
        <Route component={ShopPage} path="/toko" />
        <Route component={Joint} path="/pembelian-bersama" />
        <Route component={Opening} path="/buka" />
        <Route component={Sales} path="/penjualan" />
        <Route component={Payouts} path="/pencairan" />
        <Route component={Missing} default />
      </Router>
    </Incoming.Provider>
  );
}
