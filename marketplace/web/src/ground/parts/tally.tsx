import { count } from "../figures";
import { named, words } from "../language";
import { many } from "../many";
import { choices } from "../values";
import { inFours } from "./code";

/** What is known of a vote, for members and officers alike. */
export type Voted = {
  tally: readonly { option: string; votes: number }[];
  elected: readonly { option: string }[];
  /** Of a secret vote: its published results are known by it. */
  resultDigest?: string | null;
  options: readonly { option: string; candidate?: { account?: { name: string } | null } | null }[];
};

const say = words({
  result: ["Hasil", "Result"],
  votes: (n: string) => [`${n} suara`, many(n, "vote")],
  elected: ["terpilih", "elected"],
  digest: (code: string) => [`Kode pemeriksa hasil: ${code}`, `Code to check the results by: ${code}`],
  digestHelp: [
    "Kode ini sama di HP semua anggota dan di loket.",
    "It is the same on all members' phones and at the counter.",
  ],
});

/** What an option is called: a candidate by his name. */
export function nameOf({ options }: Pick<Voted, "options">, option: string): string {
  return options.find((each) => each.option === option)?.candidate?.account?.name || named(choices, option);
}

type CountedProps = {
  of: Pick<Voted, "options">;
  counted: readonly { choice: readonly string[]; number: number }[];
};

/** The same in one line, for who hears it. */
export function toldOf(of: CountedProps["of"], counted: CountedProps["counted"]): string {
  return counted
    .map(({ choice, number }) => `${choice.map((option) => nameOf(of, option)).join(", ")} ${count(number)}`)
    .join("; ");
}

/** What paper ballots say: how many name the same, in the same order. */
export function Counted({ of, counted }: CountedProps) {
  return (
    <>
      {counted.map(({ choice, number }) => (
        <p class="apart" key={choice.join()}>
          <span>{choice.map((option) => nameOf(of, option)).join(", ")}</span>
          <strong>{count(number)}</strong>
        </p>
      ))}
    </>
  );
}

/** What a vote came to. */
export function Tally({ of }: { of: Voted }) {
  return (
    <>
      <h2>{say.result}</h2>
      {of.tally.map(({ option, votes }) => (
        <p class="apart" key={option}>
          <span>{nameOf(of, option)}</span>
          <strong>{say.votes(count(votes))}</strong>
        </p>
      ))}
      {of.elected.map(({ option }) => (
        <p class="apart" key={option}>
          <strong>{nameOf(of, option)}</strong>
          <span>{say.elected}</span>
        </p>
      ))}
      {of.resultDigest && (
        <p>
          <small>
            {say.digest(inFours(of.resultDigest.slice(0, 16)))}
            <br />
            {say.digestHelp}
          </small>
        </p>
      )}
    </>
  );
}
