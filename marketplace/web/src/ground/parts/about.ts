import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

/** What the thing is called to which a button belongs, where a page has several such things, each with its buttons. */
export const About = createContext("");

/**
 * What a screen reader calls a button with this word on it: `Ambil – Warung Bu Tini`. Undefined where the word alone
 * says it, as on most pages.
 */
export function useCalled(shown: ComponentChildren): string | undefined {
  const about = useContext(About);
  const word = [shown].flat().filter((each) => typeof each === "string" || typeof each === "number");
  return about && word.length ? `${word.join("").trim()} – ${about}` : undefined;
}
