import type { ProblemFragment } from "./api.ts";
import type { Language } from "./figures.ts";

/** What is told of it: a `Problem`'s parts, with a code of the API's or, without an answer of its, of our own. */
type Told = Partial<Omit<ProblemFragment, "code">> & { code: string; message: string };

export const OFFLINE = { id: "Tidak ada sambungan internet", en: "No internet connection" } as const;

/**
 * Why something did not happen: the API's `Problem`, its `errors`, or no network (`OFFLINE`).
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

/** No answer came: the network is away, or the node. */
export function offline(language: Language = "id"): Refused {
  return new Refused({ code: "OFFLINE", message: OFFLINE[language], retryable: true });
}
