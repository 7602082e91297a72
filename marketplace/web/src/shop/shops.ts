import { distance, metresBetween, soon } from "../ground/figures";
import { place } from "../ground/place";
import { say } from "./words";

type Opening = { isOpen: boolean; opensAt: string | null };

/** Whether a shop is open, in words: `Buka`, `Buka Senin 08.00`, `Tutup`. */
export function opening(shop: Opening): string {
  if (shop.isOpen) return say.open;
  return shop.opensAt ? say.opensAt(soon(shop.opensAt)) : say.closed;
}

/** How far a shop is from where the reader is, in words; empty when nobody told where that is. */
export function away(shop: { place: { lat: number; lon: number } }): string {
  return place.value ? distance(metresBetween(place.value, shop.place)) : "";
}
