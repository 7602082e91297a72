import { rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { Sums } from "../ground/parts/sums";
import type { ShareWholeFragment } from "./api";
import styles from "./shares.module.css";
import { liableParties, parties, rules, say } from "./words";

type Split = readonly ShareWholeFragment[];

/** What the shop gets of an order. */
export function earnedOf(split: Split): number {
  return split.reduce((sum, { party, amount }) => (party.kind === "SELLER" ? sum + amount : sum), 0);
}

/** What the shop gets; opened, who gets the rest, and by which rule. */
export function Shares({ split }: { split: Split }) {
  return (
    <details class={styles.shares}>
      <summary>{say.youGet(rupiah(earnedOf(split)))}</summary>
      <Sums
        sums={split.map(({ party, amount, rule }) => ({
          name: named(parties, party.kind),
          amount,
          why: [
            `${named(rules, rule.name)} ${named(liableParties, rule.value)}`,
            [rule.instrument, rule.article].filter(Boolean).join(", "),
          ],
        }))}
      />
    </details>
  );
}
