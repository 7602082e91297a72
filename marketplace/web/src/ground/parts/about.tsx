import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** What the thing is called to which a button belongs, where a page has several such things, each with its buttons. */
export const About = createContext("");

/** After a button's own word, for who hears the page's buttons in a list: `: Warung Bu Tini`. */
export function WhichOne() {
  const about = useContext(About);
  return about ? <span class="unseen">: {about}</span> : null;
}
