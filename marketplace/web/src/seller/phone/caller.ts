import { isPhone } from "../../ground/phone";
import { pointIn } from "../../ground/point";
import type { District } from "../opening/district-field";
import { type Line, serviceOf, wantedOf } from "./lines";

/** What the caller tells of himself, and of where it goes. */
export type Told = {
  name: string;
  phone: string;
  isDelivered: boolean;
  street: string;
  patokan: string;
  /** A point that he shared, as it was copied from a map. */
  copied: string;
  district: District | undefined;
};

export const NOTHING_TOLD: Told = {
  name: "",
  phone: "",
  isDelivered: false,
  street: "",
  patokan: "",
  copied: "",
  district: undefined,
};

/** What the node is asked to price; null while something of it is missing. */
export function toQuote(lines: readonly Line[], told: Told) {
  if (lines.length === 0) return null;
  const wanted = { lines: wantedOf(lines) };
  if (serviceOf(lines)) return { ...wanted, fulfilment: "SERVICE" as const };
  if (!told.isDelivered) return { ...wanted, fulfilment: "PICKUP" as const };
  const [recipient, phone, street] = [told.name.trim(), told.phone.trim(), told.street.trim()];
  const point = told.copied.trim() ? pointIn(told.copied) : told.district?.point;
  if (!recipient || !isPhone(phone) || !street || !point) return null;
  const address = { recipient, phone, street, patokan: told.patokan.trim(), point };
  return { ...wanted, fulfilment: "DELIVERY" as const, address };
}
