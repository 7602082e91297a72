import { expect, test } from "vitest";
import { middle, project, scaleAt, tilesOf, written, zoomFor } from "./plane";

const SURABAYA = { lat: -7.2951, lon: 112.7391 };

test("the map's middle is where the equator meets Greenwich", () => {
  expect(project({ lat: 0, lon: 0 }, 0)).toEqual({ x: 128, y: 128 });
});

test.each([
  ["one", [SURABAYA], 14],
  ["none", [], 14],
  ["the same twice", [SURABAYA, SURABAYA], 17],
])("%s point is seen close enough", (_, points, zoom) => {
  expect(zoomFor(points, 320, 320)).toBe(zoom);
});

test("all points lie in the window, whatever its form", () => {
  const points = [SURABAYA, { lat: -7.25, lon: 112.79 }, { lat: -7.33, lon: 112.7 }];
  for (const [width, height] of [
    [320, 320],
    [900, 400],
  ] as const) {
    const zoom = zoomFor(points, width, height);
    const centre = project(middle(points) ?? SURABAYA, zoom);
    for (const point of points) {
      const at = project(point, zoom);
      expect(Math.abs(at.x - centre.x)).toBeLessThan(width / 2);
      expect(Math.abs(at.y - centre.y)).toBeLessThan(height / 2);
    }
  }
});

test("the scale is a round length that fits", () => {
  const { metres, pixels } = scaleAt(SURABAYA, 14, 100);
  expect(metres).toBe(500);
  expect(pixels).toBeLessThanOrEqual(100);
});

test("tiles cover the window and name their place in the address", () => {
  const tiles = tilesOf("https://tile.example/{z}/{x}/{y}.png", SURABAYA, 13, 320, 320);
  expect(tiles.some(({ url }) => url === "https://tile.example/13/6661/4263.png")).toBe(true);
  expect(Math.min(...tiles.map(({ x }) => x))).toBeLessThanOrEqual(0);
  expect(Math.max(...tiles.map(({ x, side }) => x + side))).toBeGreaterThanOrEqual(320);
});

test("no name is written over another, and the chosen one is", () => {
  const label = (id: string, x: number, y: number, isFirst = false) => ({
    id,
    at: { x, y },
    text: "Suparman",
    isFirst,
  });
  const names = written([label("a", 0, 0), label("b", 10, 5), label("c", 10, 40), label("d", 200, 0)]);
  expect([...names]).toEqual(["a", "c", "d"]);
  expect(written([label("a", 0, 0), label("b", 10, 5, true)])).toEqual(new Set(["b"]));
});
