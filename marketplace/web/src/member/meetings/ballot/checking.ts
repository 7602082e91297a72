/** Whether a ballot was counted: the published results looked through on the voter's own device. Pure but for hashing. */
import { hex } from "./bytes";

type Published = {
  ballots: { token: string; choice: string[] }[];
  votes: { choice: string[]; weight: number }[];
  papers: { choice: string[]; number: number }[];
  result: Record<string, unknown>;
};

export type Checked = {
  /** What the results say that this ballot chose; undefined: it isn't among them. */
  choice: string[] | undefined;
  /** Whether they are those whose digest was read out, and their sums are what ballots, votes and papers make. */
  isTrue: boolean;
  ballots: number;
};

/** Look for a token among the results, and hold the results against their digest and their own count. */
export async function checked(results: string, digest: string, token: string): Promise<Checked> {
  const file = JSON.parse(results) as Published;
  const bytes = new TextEncoder().encode(canonical(file));
  const found = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return {
    choice: file.ballots.find((ballot) => ballot.token === token)?.choice,
    isTrue: found === digest && isSummed(file),
    ballots: file.ballots.length,
  };
}

/** Canonical JSON (RFC 8785): keys in order, nothing between. The file holds only texts, whole numbers and lists. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}

/** Of a vote for or against: whether the sums are what was cast. An election's rounds are recounted by `audit-votes`. */
function isSummed({ ballots, votes, papers, result }: Published): boolean {
  if ("winners" in result) {
    const cast = [...votes.map(({ weight }) => weight), ...papers.map(({ number }) => number)];
    return result.ballots === cast.reduce((sum, n) => sum + n, ballots.length);
  }
  const sums = new Map<string, number>();
  const add = ([option = ""]: string[], n: number) => sums.set(option, (sums.get(option) ?? 0) + n);
  for (const { choice } of ballots) add(choice, 1);
  for (const { choice, weight } of votes) add(choice, weight);
  for (const { choice, number } of papers) add(choice, number);
  return Object.entries(result).every(([option, n]) => n === (sums.get(option) ?? 0));
}
