import { Gavel, HandCoins, LayoutGrid, PiggyBank } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { say } from "./words";

/** The area's places. */
export function MemberTabs() {
  return (
    <Tabs
      tabs={[
        { href: "/anggota", icon: PiggyBank, name: say.savings },
        { href: "/anggota/pinjaman", icon: HandCoins, name: say.loans },
        { href: "/anggota/rapat", icon: Gavel, name: say.meetings },
        { href: "/anggota/lainnya", icon: LayoutGrid, name: say.others },
      ]}
    />
  );
}
