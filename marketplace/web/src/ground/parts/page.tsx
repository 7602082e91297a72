import { ArrowLeft } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import { leadsBack } from "../trail";
import { say } from "../words";
import { IconButton } from "./button";
import styles from "./page.module.css";

type PageProps = {
  title: string;
  /** The language of the title, where it is not the reader's. */
  titleIn?: string;
  /** Where the arrow leads when there is no page before this one in the app; without it there is no arrow. */
  backTo?: string;
  /** In the place of the bar with the title, which then only a screen reader tells. */
  top?: ComponentChildren;
  /** At the right of the title. */
  end?: ComponentChildren;
  /** Uses the whole of a wide screen, for tables and `columns`. */
  isWide?: boolean;
  /** What stays at the lower edge: the button that the page is for. */
  foot?: ComponentChildren;
  children: ComponentChildren;
};

/** A page of the app: its title, which a screen reader is led to, what it holds, and its main button below. */
export function Page({ title, titleIn, backTo, top, end, foot, isWide = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { route } = useLocation();
  const toHeading = () => heading.current?.focus({ preventScroll: true });
  useEffect(toHeading, []);
  useEffect(() => {
    document.title = title === "Lumbung" ? title : `${title} · Lumbung`;
    if (document.activeElement === document.body) toHeading(); // a step was done, and what was pressed went with it
  }, [title]);
  const back = () => {
    if (leadsBack()) history.back();
    else route(backTo ?? "/", true);
  };
  return (
    <>
      {top ? (
        <header>
          <h1 class="unseen" ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {top}
        </header>
      ) : (
        <header class={`${styles.head} ${isWide ? styles.wide : ""}`}>
          {backTo && <IconButton icon={ArrowLeft} name={say.back} onPress={back} />}
          <h1 class={styles.title} lang={titleIn} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {end}
        </header>
      )}
      <main class={`${styles.main} ${isWide ? styles.wide : ""}`}>
        {children}
        {foot && <div class={styles.foot}>{foot}</div>}
      </main>
    </>
  );
}
