import { h } from "preact";
import { useMemo } from "preact/hooks";
import styles from "./drawn.module.css";

/** What the node's pictures are made of; anything else in one is left out. */
const PARTS = new Set(["rect", "circle", "path", "polygon", "text"]);
const LAID_OUT = [
  "x",
  "y",
  "width",
  "height",
  "cx",
  "cy",
  "r",
  "d",
  "points",
  "fill",
  "stroke-width",
  "font-size",
  "font-weight",
  "text-anchor",
];

type DrawnProps = {
  /** A picture as the node draws it: an SVG whose classes say what each colour is for. */
  svg: string;
  /** What it shows, for who can't see it. */
  name: string;
};

/** A picture of the node's in the app's own colours, by light and by night. */
export function Drawn({ svg, name }: DrawnProps) {
  const { box, parts } = useMemo(() => read(svg), [svg]);
  return (
    <svg aria-label={name} class={styles.drawn} role="img" viewBox={box}>
      {parts}
    </svg>
  );
}

function read(svg: string) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const parts = [...root.children].filter(({ tagName }) => PARTS.has(tagName)).map(part);
  return { box: root.getAttribute("viewBox") ?? "", parts };
}

function part(element: Element, key: number) {
  const laidOut = LAID_OUT.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null ? [] : [[name, value] as const];
  });
  const colour = styles[element.getAttribute("class") ?? ""];
  return h(element.tagName, { key, class: colour, ...Object.fromEntries(laidOut) }, element.textContent);
}
