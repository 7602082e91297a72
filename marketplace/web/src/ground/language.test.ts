import { afterEach, expect, test } from "vitest";
import { choose, named, words } from "./language";

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
