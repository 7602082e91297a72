import { useEffect } from "preact/hooks";
import { lazy, Route, Router } from "preact-iso";
import { Missing } from "../ground/missing";
import { followAccount } from "./basket";
import BasketPage from "./basket-page";
import Home from "./home";
import ListingPage from "./listing-page";
import Orders from "./orders";
import Seller from "./seller";

const Search = lazy(() => import("./search"));
const Checkout = lazy(() => import("./checkout"));
const OrderPage = lazy(() => import("./order-page"));
const AccountPage = lazy(() => import("./account-page"));
const Addresses = lazy(() => import("./addresses"));
const Notices = lazy(() => import("./notices"));

/** The shop: everybody sees it without an account; ordering needs one. */
export default function Shop() {
  useEffect(followAccount, []);
  return (
    <Router>
      <Route component={Home} path="/" />
      <Route component={Search} path="/cari" />
      <Route component={Seller} path="/toko/:slug" />
      <Route component={ListingPage} path="/barang/:id" />
      <Route component={BasketPage} path="/keranjang" />
      <Route component={Checkout} path="/bayar" />
      <Route component={Orders} path="/pesanan" />
      <Route component={OrderPage} path="/pesanan/:id" />
      <Route component={AccountPage} path="/akun" />
      <Route component={Addresses} path="/alamat" />
      <Route component={Notices} path="/kabar" />
      <Route component={Missing} default />
    </Router>
  );
}
