import "./tokens.css";
import "./base.css"; // before the components' own styles, which stand above it
import { render } from "preact";
import { App } from "./app";
import { choose, language } from "./language";
import { registered } from "./offline/registered";

/** The worker loads the whole app to keep it: not while a slow phone still asks for what its first page shows. */
const FIRST_VIEW_MS = 3_000;

choose(language.value);
const root = document.getElementById("app");
if (root) render(<App />, root);

addEventListener("load", () => setTimeout(registered, FIRST_VIEW_MS));
