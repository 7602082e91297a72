/** Points of the earth on a plane, as web maps lay them: Mercator, in pixels at a zoom. */

export type Point = { lat: number; lon: number };
export type At = { x: number; y: number };

/** Pixels of a map tile's side. */
export const TILE = 256;
const CLOSEST = 17;
const FARTHEST = 3;

/** Where a point lies, in pixels from the map's upper left corner at this zoom (which may be a fraction). */
export function project({ lat, lon }: Point, zoom: number): At {
  const side = TILE * 2 ** zoom;
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return { x: ((lon + 180) / 360) * side, y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * side };
}

/** The closest zoom at which all points lie within the window, with some ground around them; 14 for one or none. */
export function zoomFor(points: readonly Point[], width: number, height: number): number {
  if (points.length < 2) return 14;
  const all = points.map((point) => project(point, 0));
  const wide = Math.max(...all.map(({ x }) => x)) - Math.min(...all.map(({ x }) => x));
  const high = Math.max(...all.map(({ y }) => y)) - Math.min(...all.map(({ y }) => y));
  const zoom = Math.log2(Math.min((width * 0.76) / Math.max(wide, 1e-9), (height * 0.76) / Math.max(high, 1e-9)));
  return Math.max(FARTHEST, Math.min(CLOSEST, Math.floor(zoom * 2) / 2));
}

/** The middle of what the points span; null for none. */
export function middle(points: readonly Point[]): Point | null {
  if (!points.length) return null;
  const lats = points.map(({ lat }) => lat);
  const lons = points.map(({ lon }) => lon);
  return {
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
    lon: (Math.min(...lons) + Math.max(...lons)) / 2,
  };
}

/** A round number of metres whose line is at most `most` pixels long there, and how long it is. */
export function scaleAt({ lat }: Point, zoom: number, most: number): { metres: number; pixels: number } {
  const metresAPixel = (40_075_017 * Math.cos((lat * Math.PI) / 180)) / (TILE * 2 ** zoom);
  const longest = most * metresAPixel;
  const power = 10 ** Math.floor(Math.log10(longest));
  const metres = ([5, 2, 1].find((step) => step * power <= longest) ?? 1) * power;
  return { metres, pixels: metres / metresAPixel };
}

export type Tile = { url: string; x: number; y: number; side: number };

/** The tiles that cover a window of the map whose middle is `centre`: each with its place in the window. */
export function tilesOf(address: string, centre: Point, zoom: number, width: number, height: number): Tile[] {
  const level = Math.round(zoom);
  const side = TILE * 2 ** (zoom - level);
  const at = project(centre, zoom);
  const [left, top] = [at.x - width / 2, at.y - height / 2];
  const count = 2 ** level;
  const tiles: Tile[] = [];
  for (
    let y = Math.max(0, Math.floor(top / side));
    y <= Math.min(count - 1, Math.floor((top + height) / side));
    y += 1
  ) {
    for (let x = Math.floor(left / side); x <= Math.floor((left + width) / side); x += 1) {
      const column = ((x % count) + count) % count;
      const url = address.replace("{z}", String(level)).replace("{x}", String(column)).replace("{y}", String(y));
      tiles.push({ url, x: x * side - left, y: y * side - top, side });
    }
  }
  return tiles;
}

export type Label = { id: string; at: At; text: string; isFirst: boolean };
const [LETTER, LINE] = [7.5, 16];

/** Whose names are written: those that cover no name written before; what is chosen comes first. */
export function written(labels: readonly Label[]): ReadonlySet<string> {
  const kept: Label[] = [];
  const covers = (one: Label, other: Label) =>
    Math.abs(one.at.y - other.at.y) < LINE &&
    Math.abs(one.at.x - other.at.x) < ((one.text.length + other.text.length) / 2) * LETTER;
  for (const label of [...labels].sort((a, b) => Number(b.isFirst) - Number(a.isFirst)))
    if (!kept.some((other) => covers(label, other))) kept.push(label);
  return new Set(kept.map(({ id }) => id));
}
