import type { ProblemFragment } from "./api";
import { say } from "./words";

/** What is told of it: a `Problem`'s parts, with a code of the API's or, without an answer of its, of our own. */
type Told = Partial<Omit<ProblemFragment, "code">> & { code: string; message: string };

/**
 * Why something did not happen: the API's `Problem`, its `errors`, or no network.
 *
 * Branch on `code`; show `message`, which comes in the reader's language; put `fields` beside the inputs they name.
 */
export class Refused extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly reference: string | null;
  readonly fields: readonly { path: readonly string[]; message: string }[];

  constructor(problem: Told) {
    super(problem.message);
    this.name = "Refused";
    this.code = problem.code;
    this.retryable = problem.retryable ?? false;
    this.reference = problem.reference ?? null;
    this.fields = problem.fields ?? [];
  }

  /** What is wrong with the input of this name (its last step in the path), if anything is. */
  field(name: string): string | undefined {
    return this.fields.find((field) => field.path.at(-1) === name)?.message;
  }
}

export function offline(): Refused {
  return new Refused({ code: "OFFLINE", message: say.offline, retryable: true });
}

/** What was thrown, as something that can be shown. */
export function asRefused(thrown: unknown): Refused {
  if (thrown instanceof Refused) return thrown;
  console.error(thrown);
  return new Refused({ code: "INTERNAL", message: say.failed, retryable: true });
}
