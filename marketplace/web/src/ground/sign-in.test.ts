import { expect, test } from "vitest";
import { safePath } from "./sign-in";

test.each([
  ["/keranjang", "/keranjang"],
  [undefined, "/"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["javascript:alert(1)", "/"],
])("after signing in, %s leads to %s", (asked, led) => {
  expect(safePath(asked)).toBe(led);
});
