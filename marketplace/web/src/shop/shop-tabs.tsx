import { House, ReceiptText, ShoppingBasket, User } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { say as common } from "../ground/words";
import { pieces } from "./basket";
import { say } from "./words";

/** The places of the shop. */
export function ShopTabs() {
  return (
    <Tabs
      tabs={[
        { href: "/", icon: House, name: common.shop },
        { href: "/keranjang", icon: ShoppingBasket, name: say.basket, count: pieces.value },
        { href: "/pesanan", icon: ReceiptText, name: common.orders },
        { href: "/akun", icon: User, name: common.account },
      ]}
    />
  );
}
