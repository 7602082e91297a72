import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { Sums } from "../../ground/parts/sums";
import { replayedParts } from "../../ground/values";
import type { Motion } from "./motion-page";
import { say } from "./words";

/** What the proposed rule would have brought this member, and how many would have had more or less. */
export function Replay({ replay }: { replay: NonNullable<Motion["replay"]> }) {
  const { mine } = replay;
  return (
    <Card>
      <h2>{say.replay}</h2>
      <p>{say.period(dateName(replay.beginsOn), dateName(replay.endsOn))}</p>
      <p>{say.whoGains(replay.better, replay.worse, replay.same)}</p>
      {mine && (
        <>
          <p class="apart">
            <span>{say.forYou}</span>
            <strong>{gained(mine.gained)}</strong>
          </p>
          <Sums
            sums={mine.amounts.map(({ part, before, after }) => ({
              name: named(replayedParts, part),
              amount: after,
              why: [say.from(rupiah(before))],
            }))}
          />
        </>
      )}
    </Card>
  );
}

function gained(amount: number): string {
  if (amount > 0) return say.more(rupiah(amount));
  return amount < 0 ? say.less(rupiah(-amount)) : say.noChange;
}
