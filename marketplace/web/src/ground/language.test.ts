import { afterEach, expect, test } from "vitest";
import { choose, listed, named, words } from "./language";

afterEach(() => choose("id"));

const say = words({ ready: ["Siap", "Ready"], left: (n: number) => [`Sisa ${n}`, `${n} left`] });

test("Bahasa Indonesia comes first, English when chosen", () => {
  expect([say.ready, say.left(3)]).toEqual(["Siap", "Sisa 3"]);
  choose("en");
  expect([say.ready, say.left(3)]).toEqual(["Ready", "3 left"]);
  expect(document.documentElement.lang).toBe("en");
});

test("a value that the app doesn't know yet is shown as it is", () => {
  const table = { READY: "Siap" };
  expect(named(table, "READY")).toBe("Siap");
  expect(named(table, "TELEPORTED")).toBe("TELEPORTED");
  expect(named(table, "constructor")).toBe("constructor");
});

test.each([
  [[], "", ""],
  [["a"], "a", "a"],
  [["a", "b"], "a dan b", "a and b"],
  [["a", "b", "c"], "a, b, dan c", "a, b and c"],
])("%j within a sentence", (things, indonesian, english) => {
  expect(listed(things)).toBe(indonesian);
  choose("en");
  expect(listed(things)).toBe(english);
});
