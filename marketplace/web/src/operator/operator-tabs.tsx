import { Activity, Building2, Flag, ScrollText } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { say } from "./words";

/** The area's places. */
export function OperatorTabs() {
  return (
    <Tabs
      tabs={[
        { href: "/pengelola", icon: Activity, name: say.health },
        { href: "/pengelola/koperasi", icon: Building2, name: say.cooperatives },
        { href: "/pengelola/laporan", icon: Flag, name: say.reports },
        { href: "/pengelola/catatan", icon: ScrollText, name: say.audit },
      ]}
    />
  );
}
