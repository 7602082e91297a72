import { bytesOf } from "../../../ground/push";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes as base64url without padding, as the API takes them. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

export { bytesOf };

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes as a number, the first byte the highest. */
export function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes) || "0"}`);
}

/** A number as so many bytes, the first byte the highest. */
export function bytesOfNumber(number: bigint, length: number): Bytes {
  const digits = number.toString(16).padStart(length * 2, "0");
  return Uint8Array.from({ length }, (_, n) => Number.parseInt(digits.slice(2 * n, 2 * n + 2), 16));
}
