import { expect, test } from "vitest";
import { bytesOf } from "./push";

test("a key in base64url becomes its bytes", () => {
  expect([...bytesOf("-_8AAQ")]).toEqual([251, 255, 0, 1]);
});
