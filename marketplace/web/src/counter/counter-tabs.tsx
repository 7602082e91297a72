import { Bike, ChartNoAxesColumn, ClipboardCheck, HandCoins, ReceiptText } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { say } from "./words";

/** The area's places. */
export function CounterTabs() {
  return (
    <Tabs
      tabs={[
        { href: "/loket", icon: HandCoins, name: say.desk },
        { href: "/loket/urusan", icon: ClipboardCheck, name: say.affairs },
        { href: "/loket/bukti", icon: ReceiptText, name: say.vouchers },
        { href: "/loket/laporan", icon: ChartNoAxesColumn, name: say.reports },
        { href: "/loket/antaran", icon: Bike, name: say.board },
      ]}
    />
  );
}
