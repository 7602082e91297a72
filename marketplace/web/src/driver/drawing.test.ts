import { describe, expect, test } from "vitest";
import { pathOf } from "./drawing";

/** What the node takes. */
const TAKEN = /^(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})+)+$/;

describe("a signature's path", () => {
  test("holds moves and lines, within the field", () => {
    const path = pathOf([
      [
        { x: -20, y: 10.4 },
        { x: 300, y: 1200 },
      ],
      [
        { x: 5, y: 5 },
        { x: 50, y: 60 },
      ],
    ]);
    expect(path).toBe("M0 10L300 999M5 5L50 60");
  });

  test("a dot is no stroke", () => {
    expect(
      pathOf([
        [{ x: 1, y: 1 }],
        [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      ]),
    ).toBe("");
  });

  test("however long one draws, it is short enough to be taken", () => {
    const scribble = Array.from({ length: 20_000 }, (_, n) => ({ x: (n * 37) % 1000, y: (n * 61) % 1000 }));
    const path = pathOf([scribble]);
    expect(path.length).toBeLessThanOrEqual(8000);
    expect(path).toMatch(TAKEN);
  });
});
