import { Refused } from "./refused.ts";

/** A document with the types of what it takes and answers, as graphql-codegen's `documentMode: string` makes it. */
export type Typed<Answer, Variables> = { toString(): string; __apiType?: (variables: Variables) => Answer };

/** A document whose types are told beside it, where no codegen runs: `typed<{ viewer: … }, { id: string }>("query …")`. */
export function typed<Answer, Variables = Record<string, never>>(text: string): Typed<Answer, Variables> {
  return { toString: () => text };
}

type Answered = { __typename: string };

/** The thing of a mutation's answer; throws the `Problem` that stands in its place as `Refused`. */
export function thing<T extends Answered>(answer: T): Exclude<T, { __typename: "Problem" }> {
  if (answer.__typename === "Problem") throw new Refused(answer as unknown as { code: string; message: string });
  return answer as Exclude<T, { __typename: "Problem" }>;
}
