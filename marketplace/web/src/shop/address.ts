import type { AddressWholeFragment } from "./api";

/** An address on one line, as a driver reads it. */
export function addressLine(address: AddressWholeFragment): string {
  const { street, rt, rw, kelurahan, patokan } = address;
  const parts = [street, rt && `RT ${rt}`, rw && `RW ${rw}`, kelurahan].filter(Boolean).join(", ");
  return patokan ? `${parts} (${patokan})` : parts;
}
