import { expect, test } from "vitest";
import { base64url, bytesOf, bytesOfNumber, joined, numberOf } from "./bytes";
import { filled, made, receiptOf } from "./device";

const RSA = { name: "RSA-PSS", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-384" };

/** The register: signs what is blinded with the plain power of its secret exponent, and sees nothing else. */
async function register() {
  const pair = await crypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
  const { n = "", d = "" } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const [modulus, secret] = [numberOf(bytesOf(n)), numberOf(bytesOf(d))];
  const power = (base: bigint) => {
    let [result, square] = [1n, base];
    for (let left = secret; left > 0n; left >>= 1n) {
      if (left & 1n) result = (result * square) % modulus;
      square = (square * square) % modulus;
    }
    return result;
  };
  return {
    pair,
    tokenKey: base64url(new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey))),
    sign: (blinded: string) => base64url(bytesOfNumber(power(numberOf(bytesOf(blinded))), 256)),
  };
}

test("what the register signs blindly is a signature of the device's own token", async () => {
  const { pair, tokenKey, sign } = await register();
  const kept = await made(tokenKey);
  const ballot = await filled(kept, tokenKey, sign(kept.blinded), "motion-1", ["FOR"]);
  const token = bytesOf(ballot.token);
  const isSigned = await crypto.subtle.verify(
    { name: "RSA-PSS", saltLength: 48 },
    pair.publicKey,
    bytesOf(ballot.tokenSignature),
    joined(bytesOf(ballot.prefix), token),
  );
  expect(isSigned).toBe(true);
  const key = await crypto.subtle.importKey("raw", token, { name: "Ed25519" }, false, ["verify"]);
  const said = new TextEncoder().encode('{"choice":["FOR"],"motion":"motion-1"}');
  expect(await crypto.subtle.verify({ name: "Ed25519" }, key, bytesOf(ballot.choiceSignature), said)).toBe(true);
  expect(await receiptOf(ballot.token)).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(kept.blinded)).not.toContain(kept.token);
});

test("a signature of another key's is not taken", async () => {
  const { tokenKey } = await register();
  const other = await register();
  const kept = await made(tokenKey);
  await expect(filled(kept, tokenKey, other.sign(kept.blinded), "m", ["FOR"])).rejects.toThrow("signature");
});
