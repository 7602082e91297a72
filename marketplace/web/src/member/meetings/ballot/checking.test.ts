import { expect, test } from "vitest";
import { hex } from "./bytes";
import { canonical, checked } from "./checking";

const FILE = {
  ballots: [
    { token: "mine", choice: ["FOR"] },
    { token: "his", choice: ["AGAINST"] },
  ],
  votes: [],
  papers: [{ choice: ["FOR"], number: 2 }],
  result: { FOR: 3, AGAINST: 1, ABSTAIN: 0 },
};

async function digestOf(file: unknown): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(file)))));
}

test("a ballot is found among results that were read out", async () => {
  const digest = await digestOf(FILE);
  const results = JSON.stringify(FILE);
  expect(await checked(results, digest, "mine")).toEqual({ choice: ["FOR"], isTrue: true, ballots: 2 });
  expect((await checked(results, digest, "nobody's")).choice).toBeUndefined();
});

test("results that were changed, or don't make their count, are not taken", async () => {
  const changed = { ...FILE, result: { FOR: 2, AGAINST: 2, ABSTAIN: 0 } };
  expect((await checked(JSON.stringify(changed), await digestOf(FILE), "mine")).isTrue).toBe(false);
  expect((await checked(JSON.stringify(changed), await digestOf(changed), "mine")).isTrue).toBe(false);
});

test("keys stand in order, as RFC 8785 asks", () => {
  expect(canonical({ b: [1, "x"], a: { d: null, c: true } })).toBe('{"a":{"c":true,"d":null},"b":[1,"x"]}');
});
