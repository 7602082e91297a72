import { expect, test } from "vitest";
import { apart, reviver, straight } from "./written";

test.each([
  ["Nasi goreng", "Nasi goreng"],
  ["Nasi \u202Egnerog", "Nasi gnerog"],
  ["توصيل", "\u2068توصيل\u2069"],
  ["\u2067ארוחה", "\u2068ארוחה\u2069"],
])("%s stands by itself", (written, shown) => {
  expect(apart(written)).toBe(shown);
  expect(apart(shown)).toBe(shown);
});

test("what was set apart is sent as it was written", () => {
  expect(straight(apart("توصيل"))).toBe("توصيل");
});

test("numbers and nothing are left as they are", () => {
  expect(JSON.parse('{"a":[1,null,"\\u202Eb"]}', reviver)).toEqual({ a: [1, null, "b"] });
});
