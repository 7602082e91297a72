import { render } from "preact";
import { App } from "./app";
import "./tokens.css";
import "./base.css";
import { choose, language } from "./language";

choose(language.value);
const root = document.getElementById("app");
if (root) render(<App />, root);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker.register("/service-worker.js").catch((refused: unknown) => console.warn(refused));
  });
}
