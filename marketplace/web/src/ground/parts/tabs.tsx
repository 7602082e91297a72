import type { IconNode } from "lucide";
import { useLocation } from "preact-iso";
import { say } from "../words";
import { Icon } from "./icon";
import styles from "./tabs.module.css";

export type Tab = { href: string; icon: IconNode; name: string; count?: number };

/** The places of an area, at the lower edge where a thumb reaches. */
export function Tabs({ tabs }: { tabs: Tab[] }) {
  const { path } = useLocation();
  return (
    <nav aria-label={say.areas} class={styles.bar}>
      <ul class={styles.tabs}>
        {tabs.map(({ href, icon, name, count }) => (
          <li key={href}>
            <a aria-current={path === href ? "page" : undefined} class={styles.tab} href={href}>
              <span class={styles.drawing}>
                <Icon of={icon} />
                {count ? <span class={styles.count}>{count > 99 ? "99+" : count}</span> : null}
              </span>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
