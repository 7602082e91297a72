import { rupiah } from "../figures";
import { say } from "./words";

/** How many options of a group are to be chosen: `Pilih satu`, `Boleh pilih sampai 3`. */
export function howMany({ least, most }: { least: number; most: number }): string {
  if (most === 1) return least === 1 ? say.chooseOne : say.mayChooseOne;
  return say.chooseSome(least, most);
}

/** What an option adds to the price or takes off it: `+Rp2.000`, `−Rp1.000`. */
export function added(delta: number): string {
  return `${delta > 0 ? "+" : ""}${rupiah(delta)}`;
}
