import type { IconNode } from "lucide";
import { h } from "preact";

/** One of Lucide's drawings (ISC licence): `<Icon of={Search} />`. It is decoration: the words stand beside it. */
export function Icon({ of, size = 24 }: { of: IconNode; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      fill="none"
      height={size}
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
      stroke-width="2"
      viewBox="0 0 24 24"
      width={size}
    >
      {of.map(([tag, attributes], n) => h(tag, { key: n, ...attributes }))}
    </svg>
  );
}
