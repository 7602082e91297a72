import { expect, test } from "vitest";
import { isPhone } from "./phone";

test.each([
  ["0812-3456-7890", true],
  ["+62 812 3456 7890", true],
  ["021 5551234", true],
  ["0812", false],
  ["Pak Gatot", false],
  ["", false],
])("%s may be a phone number: %s", (text, isOne) => {
  expect(isPhone(text)).toBe(isOne);
});
