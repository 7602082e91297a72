import { count } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { choices } from "../../ground/values";
import type { Motion } from "./motion-desk";
import { say } from "./words";

/** What an option is called: a candidate by his name. */
export function nameOf(motion: Motion, option: string): string {
  return motion.options.find((each) => each.option === option)?.candidate?.account?.name || named(choices, option);
}

/** What the vote came to, and the digest by which its published results are known. */
export function Result({ motion }: { motion: Motion }) {
  return (
    <Card>
      <h2>{say.result}</h2>
      {motion.tally.map(({ option, votes }) => (
        <p class="apart" key={option}>
          <span>{nameOf(motion, option)}</span>
          <strong>{say.votes(count(votes))}</strong>
        </p>
      ))}
      {motion.elected.map(({ option }) => (
        <p class="apart" key={option}>
          <strong>{nameOf(motion, option)}</strong>
          <span>{say.elected}</span>
        </p>
      ))}
      {motion.resultDigest && (
        <p>
          <small>{say.digest(motion.resultDigest.slice(0, 16))}</small>
        </p>
      )}
    </Card>
  );
}
