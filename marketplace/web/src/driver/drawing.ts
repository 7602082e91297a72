/** A signature as it is sent: an SVG path of moves and lines on a field of 1000 by 1000. Pure. */

export type Dot = { x: number; y: number };
/** Dots nearer than this say nothing more of a hand's line. */
const NEAR = 6;
/** What the API takes. */
const MOST_LETTERS = 8000;

/** The path of the strokes drawn so far; "" for none. Drawn at length it is made of fewer dots. */
export function pathOf(strokes: Dot[][], near = NEAR): string {
  const path = strokes
    .map((stroke) => thinned(stroke, near))
    .filter((stroke) => stroke.length > 1)
    .map((stroke) => `M${stroke.map((dot) => `${within(dot.x)} ${within(dot.y)}`).join("L")}`)
    .join("");
  return path.length > MOST_LETTERS ? pathOf(strokes, near * 2) : path;
}

function thinned(stroke: Dot[], near: number): Dot[] {
  const kept: Dot[] = [];
  for (const dot of stroke) {
    const last = kept.at(-1);
    if (!last || Math.hypot(dot.x - last.x, dot.y - last.y) >= near) kept.push(dot);
  }
  return kept;
}

function within(at: number): number {
  return Math.min(999, Math.max(0, Math.round(at)));
}
