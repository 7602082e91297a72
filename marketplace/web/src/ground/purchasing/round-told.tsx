import type { JointRoundFragment } from "../api";
import { dateName } from "../days";
import { count, rupiah, soon } from "../figures";
import { named } from "../language";
import { Badge } from "../parts/badge";
import { Facts } from "../parts/facts";
import { nextTier, tierAt } from "./tiers";
import { roundStates, say } from "./words";

const TONES = { OPEN: "good", ORDERED: "calm", RECEIVED: "calm", CANCELLED: "bad" } as const;

/** Whether one may still join. */
export function takesParts({ state, closesAt }: Pick<JointRoundFragment, "state" | "closesAt">): boolean {
  return state === "OPEN" && new Date(closesAt) > new Date();
}

/** One purchase of several together: what of whom, the prices by quantity, until when, and what it has come to. */
export function RoundTold({ round, isAlone = false }: { round: JointRoundFragment; isAlone?: boolean }) {
  const { measure, committed, cooperative, creditDays } = round;
  const isOpen = round.state === "OPEN";
  const reached = tierAt(round.tiers, committed)?.price;
  const next = nextTier(round.tiers, committed);
  const state = <Badge tone={TONES[round.state]}>{named(roundStates, round.state)}</Badge>;
  return (
    <>
      {isAlone ? (
        <p>
          {state} {round.number}
        </p>
      ) : (
        <div class="apart">
          <h3>{round.title}</h3>
          <span>{state}</span>
        </div>
      )}
      <p>{say.ofSupplier(round.supplier, cooperative?.name ?? "–")}</p>
      {isOpen ? (
        <>
          <ul class="stack">
            {round.tiers.map(({ least, price }) => (
              <li class="apart" key={least}>
                <span>{say.from(count(least), measure)}</span>
                {price === reached ? <strong>{rupiah(price)}</strong> : <span>{rupiah(price)}</span>}
              </li>
            ))}
          </ul>
          <p>
            <strong>{say.together(count(committed), measure)}</strong>
            {next && ` · ${say.missing(count(next.least - committed), measure, rupiah(next.price))}`}
          </p>
          <Facts
            facts={[
              { name: say.closes, is: takesParts(round) ? soon(round.closesAt) : say.closed },
              { name: say.tempo, is: creditDays ? say.tempoDays(creditDays) : say.atOnce },
            ]}
          />
        </>
      ) : (
        round.price != null && <p>{say.ordered(count(round.ordered), measure, rupiah(round.price))}</p>
      )}
      {round.receivedOn && <p>{say.came(count(round.received), measure, dateName(round.receivedOn))}</p>}
    </>
  );
}
