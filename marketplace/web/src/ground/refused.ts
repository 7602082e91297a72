import { Refused, offline as told } from "#client";
import { language } from "./language";
import { say } from "./words";

export { Refused };

export function offline(): Refused {
  return told(language.value);
}

/** What was thrown, as something that can be shown. */
export function asRefused(thrown: unknown): Refused {
  if (thrown instanceof Refused) return thrown;
  console.error(thrown);
  return new Refused({ code: "INTERNAL", message: say.failed, retryable: true });
}
