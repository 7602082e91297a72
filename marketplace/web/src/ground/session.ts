import { computed } from "@preact/signals";
import { node, session, type Typed } from "./client";

/** Who is signed in; null for nobody. */
export const account = computed(() => session.value?.account ?? null);

/** The access token to send now, or null for nobody. */
export function token(): Promise<string | null> {
  return node.token();
}

/** Ask the node as who is signed in. Throws `Refused`. */
export function ask<Answer, Variables>(document: Typed<Answer, Variables>, variables: Variables): Promise<Answer> {
  return node.ask(document, variables);
}
