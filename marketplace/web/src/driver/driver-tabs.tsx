import { Bike, User, Wallet } from "lucide";
import { Tabs } from "../ground/parts/tabs";
import { say as common } from "../ground/words";
import { say } from "./words";

/** The places of a driver. */
export function DriverTabs() {
  return (
    <Tabs
      tabs={[
        { href: "/antar", icon: Bike, name: say.work },
        { href: "/antar/hasil", icon: Wallet, name: say.earnings },
        { href: "/akun", icon: User, name: common.account },
      ]}
    />
  );
}
