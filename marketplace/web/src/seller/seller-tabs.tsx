import { ChartNoAxesColumn, ReceiptText, Store, UtensilsCrossed } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { isWaiting, useIncoming, workOf } from "./incoming";
import { say } from "./words";

/** The area's places; the count says how many orders wait for an answer. */
export function SellerTabs() {
  const waiting = workOf(useIncoming()).filter(isWaiting).length;
  return (
    <Tabs
      tabs={[
        { href: "/jual", icon: ReceiptText, name: say.orders, count: waiting },
        { href: "/jual/menu", icon: UtensilsCrossed, name: say.menu },
        { href: "/jual/penjualan", icon: ChartNoAxesColumn, name: say.sales },
        { href: "/jual/toko", icon: Store, name: say.shop },
      ]}
    />
  );
}
