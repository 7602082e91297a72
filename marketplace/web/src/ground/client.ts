import type { TypedDocumentString } from "./api";
import { language } from "./language";
import { offline, Refused } from "./refused";
import { reviver, straight } from "./written";

/** A document with the types of what it takes and answers, as `api.ts` of every area has them. */
export type Typed<Answer, Variables> = Pick<TypedDocumentString<Answer, Variables>, "toString" | "__apiType">;

type Errors = { message: string; extensions?: { code?: string; retryable?: boolean; reference?: string } }[];
type Body<Answer> = { data?: Answer | null; errors?: Errors };

/** Longer than the slowest answer of a node that is alive. */
const PATIENCE_MS = 20_000;

/** Ask the node, as the holder of `token`. Throws `Refused`. */
export async function post<Answer, Variables>(
  document: Typed<Answer, Variables>,
  variables: Variables,
  token: string | null,
): Promise<Answer> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Accept-Language": language.value };
  if (token) headers.Authorization = `Bearer ${token}`;
  let body: Body<Answer>;
  try {
    const answer = await fetch("/graphql", {
      method: "POST",
      headers,
      body: straight(JSON.stringify({ query: document.toString(), variables })),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    body = JSON.parse(await answer.text(), reviver) as Body<Answer>;
  } catch {
    throw offline();
  }
  const [error] = body.errors ?? [];
  if (error) {
    const { code = "INTERNAL", retryable = false, reference } = error.extensions ?? {};
    throw new Refused({ code, retryable, message: error.message, reference: reference ?? null });
  }
  if (!body.data) throw offline();
  return body.data;
}

type Answered = { __typename: string };

/** The thing of a mutation's answer; throws the `Problem` that stands in its place as `Refused`. */
export function thing<T extends Answered>(answer: T): Exclude<T, { __typename: "Problem" }> {
  if (answer.__typename === "Problem") throw new Refused(answer as unknown as { code: string; message: string });
  return answer as Exclude<T, { __typename: "Problem" }>;
}
