import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useCalled } from "./about";
import styles from "./button.module.css";
import { Icon } from "./icon";

type Look = { look?: "main" | "quiet" | "plain" | "danger"; icon?: IconNode; isWide?: boolean };

function classes({ look = "main", isWide = false }: Look): string {
  return `${styles.button} ${styles[look]} ${isWide ? styles.wide : ""}`;
}

export type ButtonProps = Look & {
  children: ComponentChildren;
  onPress?: () => void;
  isBusy?: boolean;
  isDisabled?: boolean;
  /** For a button that stays pressed: whether it is. */
  isPressed?: boolean;
  type?: "button" | "submit";
};

/** Of a busy button: neither it nor the form around it does anything. */
function stillBusy(event: Event): void {
  event.preventDefault();
}

/** A button of at least 48 px. While busy it can't be pressed, and says so to a screen reader; it keeps the keyboard. */
export function Button({
  children,
  onPress,
  isBusy = false,
  isDisabled = false,
  isPressed,
  type = "button",
  ...look
}: ButtonProps) {
  const called = useCalled(children);
  return (
    <button
      aria-busy={isBusy}
      aria-disabled={isBusy || undefined}
      aria-label={called}
      aria-pressed={isPressed}
      class={classes(look)}
      disabled={isDisabled && !isBusy}
      onClick={isBusy ? stillBusy : onPress}
      type={type}
    >
      {isBusy ? <span class={styles.busy} /> : look.icon && <Icon of={look.icon} size={20} />}
      {children}
    </button>
  );
}

type ButtonLinkProps = Look & {
  children: ComponentChildren;
  href: string;
  /** A page of the node's that is none of the app's: it opens beside it. */
  isOutside?: boolean;
};

/** A link that looks like a button: it leads to another page. */
export function ButtonLink({ children, href, isOutside = false, ...look }: ButtonLinkProps) {
  return (
    <a class={classes(look)} href={href} {...(isOutside && { rel: "noreferrer", target: "_blank" })}>
      {look.icon && <Icon of={look.icon} size={20} />}
      {children}
    </a>
  );
}

/** A round button that shows only a drawing; `name` is what a screen reader says. */
export function IconButton({ icon, name, onPress }: { icon: IconNode; name: string; onPress: () => void }) {
  return (
    <button aria-label={name} class={styles.round} onClick={onPress} type="button">
      <Icon of={icon} />
    </button>
  );
}
