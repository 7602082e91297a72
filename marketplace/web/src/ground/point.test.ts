import { expect, test } from "vitest";
import { pointIn } from "./point";

test("a point is read as it is copied from a map", () => {
  expect(pointIn("-7.2575, 112.7521")).toEqual({ lat: -7.2575, lon: 112.7521 });
  expect(pointIn(" 1;2 ")).toEqual({ lat: 1, lon: 2 });
  for (const wrong of ["", "-7.2575", "95, 112", "-7,2575, 112,75", "a, b"]) expect(pointIn(wrong)).toBeUndefined();
});
