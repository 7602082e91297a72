import type { Wanted } from "../act";
import { say } from "./words";

/** By which way money comes or goes, as a field of a sheet. */
export function moneyWay(): Wanted<"way"> {
  return {
    name: "way",
    label: say.way,
    start: "TRANSFER",
    options: [
      { value: "TRANSFER", name: say.transfer },
      { value: "CASH", name: say.cash },
    ],
  };
}

/** What was chosen of them. */
export function wayIn(told: string): "CASH" | "TRANSFER" {
  return told === "CASH" ? "CASH" : "TRANSFER";
}
