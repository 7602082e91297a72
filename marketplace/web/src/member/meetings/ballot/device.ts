/** What the voter's own device knows of a secret vote: docs/ballots.md, step by step. */
import { blinded, drawn, finished, PREFIX_BYTES, type PublicKey, SALT_BYTES } from "./blind";
import { type Bytes, base64url, bytesOf, hex, joined, numberOf } from "./bytes";

/** Kept on this device until the vote is closed: with it a lost answer is asked for again. */
export type Kept = { token: string; secret: JsonWebKey; prefix: string; unblind: string; blinded: string };
export type Ballot = {
  token: string;
  prefix: string;
  tokenSignature: string;
  choice: string[];
  choiceSignature: string;
};

async function publicKey(tokenKey: string): Promise<{ key: CryptoKey; numbers: PublicKey }> {
  const how = { name: "RSA-PSS", hash: "SHA-384" };
  const key = await crypto.subtle.importKey("spki", bytesOf(tokenKey), how, true, ["verify"]);
  const { n = "", e = "" } = await crypto.subtle.exportKey("jwk", key);
  return { key, numbers: { n: numberOf(bytesOf(n)), e: numberOf(bytesOf(e)) } };
}

/** A token of this device's for one vote, blinded for the register to sign. */
export async function made(tokenKey: string): Promise<Kept> {
  const { numbers } = await publicKey(tokenKey);
  const pair = (await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"])) as CryptoKeyPair;
  const token = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const prefix = crypto.getRandomValues(new Uint8Array(PREFIX_BYTES));
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const unblind = drawn(numbers);
  return {
    token: base64url(token),
    secret: await crypto.subtle.exportKey("jwk", pair.privateKey),
    prefix: base64url(prefix),
    unblind: unblind.toString(16),
    blinded: base64url(await blinded(numbers, joined(prefix, token), salt, unblind)),
  };
}

/** The ballot, once the register has signed. Throws where the signature is not the key's. */
export async function filled(
  kept: Kept,
  tokenKey: string,
  signature: string,
  ballotName: string,
  choice: string[],
): Promise<Ballot> {
  const { key, numbers } = await publicKey(tokenKey);
  const tokenSignature = finished(numbers, bytesOf(signature), BigInt(`0x${kept.unblind}`));
  const message = joined(bytesOf(kept.prefix), bytesOf(kept.token));
  const how = { name: "RSA-PSS", saltLength: SALT_BYTES };
  if (!(await crypto.subtle.verify(how, key, tokenSignature, message)))
    throw new Error("the token's signature is wrong");
  const secret = await crypto.subtle.importKey("jwk", kept.secret, { name: "Ed25519" }, false, ["sign"]);
  const said = new TextEncoder().encode(JSON.stringify({ choice, motion: ballotName })) as Bytes;
  const choiceSignature = new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, secret, said));
  return {
    token: kept.token,
    prefix: kept.prefix,
    tokenSignature: base64url(tokenSignature),
    choice,
    choiceSignature: base64url(choiceSignature),
  };
}

/** By which the voter finds his ballot among the results. */
export async function receiptOf(token: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(token))));
}
