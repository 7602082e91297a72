import { type IconNode, Image } from "lucide";
import { useState } from "preact/hooks";
import { Icon } from "./icon";
import styles from "./picture.module.css";

type PictureProps = { src: string | null | undefined; about?: string; size?: "small" | "large"; icon?: IconNode };

/** A thing's photo from this node; a calm drawing where there is none, or where it can't be loaded. */
export function Picture({ src, about = "", size = "small", icon = Image }: PictureProps) {
  const [isLost, setLost] = useState(false);
  const isOurs = src?.startsWith("/") || src?.startsWith(`${location.origin}/`);
  return (
    <span class={`${styles.picture} ${styles[size]}`}>
      {src && isOurs && !isLost ? (
        <img alt={about} decoding="async" loading="lazy" onError={() => setLost(true)} src={src} />
      ) : (
        <Icon of={icon} size={size === "large" ? 56 : 28} />
      )}
    </span>
  );
}
