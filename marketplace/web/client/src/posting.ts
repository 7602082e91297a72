import type { ProblemFragment } from "./api.ts";
import type { Typed } from "./documents.ts";
import type { Language } from "./figures.ts";
import { offline, Refused } from "./refused.ts";

type Errors = {
  message: string;
  extensions?: { code?: string; retryable?: boolean; reference?: string; fields?: ProblemFragment["fields"] };
}[];

type Sending = {
  token: string | null;
  language: Language;
  outgoing?: ((json: string) => string) | undefined;
  reviver?: ((key: string, value: unknown) => unknown) | undefined;
};

/** Longer than the slowest answer of a node that is alive. */
const PATIENCE_MS = 20_000;

/** Ask the node at this address once, as the holder of `token`. Throws `Refused`. */
export async function post<Answer, Variables>(
  address: string,
  document: Typed<Answer, Variables>,
  variables: Variables,
  { token, language, outgoing, reviver }: Sending,
): Promise<Answer> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Accept-Language": language };
  if (token) headers.Authorization = `Bearer ${token}`;
  let body: { data?: Answer | null; errors?: Errors };
  try {
    const json = JSON.stringify({ query: document.toString(), variables });
    const answer = await fetch(address, {
      method: "POST",
      headers,
      body: outgoing ? outgoing(json) : json,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    body = JSON.parse(await answer.text(), reviver) as typeof body;
  } catch {
    throw offline(language);
  }
  if (body.errors?.length) throw refusedBy(body.errors);
  if (!body.data) throw offline(language);
  return body.data;
}

/** The first of the `errors` that a document was answered with, with the fields that any of them names. */
export function refusedBy(errors: readonly { message: string; extensions?: unknown }[]): Refused {
  const all = errors as Errors;
  const { code = "INTERNAL", retryable = false, reference } = all[0]?.extensions ?? {};
  const fields = all.flatMap(({ extensions }) => extensions?.fields ?? []);
  return new Refused({ code, retryable, message: all[0]?.message ?? code, reference: reference ?? null, fields });
}
