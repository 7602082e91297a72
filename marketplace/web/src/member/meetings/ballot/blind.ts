/** Blind RSA signatures as a voter's device makes them: RFC 9474, RSABSSA-SHA384-PSS-Randomized. */
import { type Bytes, bytesOfNumber, joined, numberOf } from "./bytes";

export type PublicKey = { n: bigint; e: bigint };

const HASH_BYTES = 48;
/** Bytes of the salt, and of the random prefix of what is signed. */
export const SALT_BYTES = 48;
export const PREFIX_BYTES = 32;

async function sha384(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
}

/** MGF1 of RFC 8017, B.2.1. */
async function mask(seed: Bytes, length: number): Promise<Bytes> {
  const blocks = Math.ceil(length / HASH_BYTES);
  const made = await Promise.all(
    Array.from({ length: blocks }, (_, n) => sha384(joined(seed, bytesOfNumber(BigInt(n), 4)))),
  );
  return joined(...made).slice(0, length);
}

/** EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with this salt. */
async function encode(message: Bytes, bits: number, salt: Bytes): Promise<Bytes> {
  const length = Math.ceil(bits / 8);
  const hashed = await sha384(joined(new Uint8Array(8), await sha384(message), salt));
  const block = joined(new Uint8Array(length - salt.length - HASH_BYTES - 2), Uint8Array.of(1), salt);
  const cover = await mask(hashed, block.length);
  const masked = block.map((byte, n) => byte ^ (cover[n] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  return joined(masked, hashed, Uint8Array.of(0xbc));
}

function power(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n;
  let square = base % n;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % n;
    square = (square * square) % n;
  }
  return result;
}

/** The inverse modulo n, or null where there is none. */
export function inverse(a: bigint, n: bigint): bigint | null {
  let [r0, r1, s0, s1] = [n, a % n, 0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return r0 === 1n ? ((s0 % n) + n) % n : null;
}

function size({ n }: PublicKey): number {
  return Math.ceil(n.toString(2).length / 8);
}

/** Blind (section 4.2): `unblind` is the inverse of the blinding factor. */
export async function blinded(key: PublicKey, prepared: Bytes, salt: Bytes, unblind: bigint): Promise<Bytes> {
  const message = numberOf(await encode(prepared, key.n.toString(2).length - 1, salt));
  const factor = inverse(unblind, key.n);
  if (factor === null) throw new Error("the blinding factor has no inverse");
  return bytesOfNumber((message * power(factor, key.e, key.n)) % key.n, size(key));
}

/** Finalize (section 4.4), but for the check: the signature of what was blinded. */
export function finished(key: PublicKey, signature: Bytes, unblind: bigint): Bytes {
  return bytesOfNumber((numberOf(signature) * unblind) % key.n, size(key));
}

/** A random number below n that has an inverse. */
export function drawn(key: PublicKey): bigint {
  for (;;) {
    const number = numberOf(crypto.getRandomValues(new Uint8Array(size(key) + 8))) % key.n;
    if (number > 1n && inverse(number, key.n) !== null) return number;
  }
}
