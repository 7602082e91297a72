export { type Typed, thing, typed } from "./documents.ts";
export { figures, type Language, metresBetween, numberIn, rupiah } from "./figures.ts";
export type { Hear } from "./following.ts";
export { Intent, newKey } from "./intents.ts";
export { Lumbung, type Options } from "./lumbung.ts";
export { OFFLINE, offline, Refused } from "./refused.ts";
export { inBrowser, inMemory, type Session, type Store } from "./stores.ts";
