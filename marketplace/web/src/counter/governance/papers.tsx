import { thing } from "../../ground/client";
import { Card } from "../../ground/parts/card";
import { Counted, nameOf } from "../../ground/parts/tally";
import { ask } from "../../ground/session";
import { Act, type Wanted } from "../act";
import { EnterPapersDocument, GivePapersDocument } from "../api";
import { MemberSearch } from "../member-search";
import type { Motion } from "./motion-desk";
import { say } from "./words";

type PapersProps = { motion: Motion; slug: string; onChanged: () => Promise<void> };

/** Paper ballots: handed out, entered as they were counted, and seen by two witnesses before they count. */
export function Papers({ motion, slug, onChanged }: PapersProps) {
  const isElection = motion.kind === "ELECTION";
  return (
    <Card>
      <h2>{say.papers}</h2>
      <p>{say.papersHelp}</p>
      {motion.paperBallots.map(({ id, number, witnesses, counted }) => (
        <div class="stack" key={id}>
          <p>{say.papersEntered(number, witnesses)}</p>
          <Counted counted={counted} of={motion} />
        </div>
      ))}
      <MemberSearch
        label={say.givePaper}
        onChoose={async ({ id }) => {
          const input = { motionId: motion.id, membershipIds: [id] };
          thing((await ask(GivePapersDocument, { input })).givePaperBallots);
          await onChanged();
        }}
        slug={slug}
      />
      <Act
        fields={isElection ? ranked(motion) : piled(motion)}
        help={say.enterHelp}
        isWide
        label={say.enterPapers}
        look="quiet"
        onDo={async (told, idempotencyKey) => {
          const input = { motionId: motion.id, counted: countedOf(motion, told), idempotencyKey };
          thing((await ask(EnterPapersDocument, { input })).enterPaperBallots);
        }}
        onDone={onChanged}
      />
    </Card>
  );
}

/** A pile an option. */
function piled(motion: Motion): Wanted<string>[] {
  return motion.options.map(({ option }) => ({
    name: option,
    label: say.papersOf(nameOf(motion, option)),
    type: "amount" as const,
    start: "0",
  }));
}

/** Papers that name candidates in the same order; the others are entered after them. */
function ranked(motion: Motion): Wanted<string>[] {
  const options = motion.options.map(({ option }) => ({ value: option, name: nameOf(motion, option) }));
  const places = options.map((_, n) => ({
    name: `place${n}`,
    label: say.preference(n + 1),
    options,
    isOptional: n > 0,
  }));
  return [...places, { name: "number", label: say.sameOrder, type: "amount" as const }];
}

function countedOf(motion: Motion, told: Record<string, string>): { choice: string[]; number: number }[] {
  if (motion.kind !== "ELECTION") {
    return motion.options
      .map(({ option }) => ({ choice: [option], number: Number(told[option] ?? 0) }))
      .filter(({ number }) => number > 0);
  }
  const choice = motion.options.map((_, n) => told[`place${n}`] ?? "").filter(Boolean);
  return [{ choice, number: Number(told.number) }];
}
