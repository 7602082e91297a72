import { thing } from "../../ground/client";
import { Card } from "../../ground/parts/card";
import { nameOf } from "../../ground/parts/tally";
import { ask } from "../../ground/session";
import { Act, type Wanted } from "../act";
import { AgreeMotionDocument, CloseVoteDocument, OpenVoteDocument } from "../api";
import type { Motion } from "./motion-desk";
import { say } from "./words";

type DecidingProps = { motion: Motion; onChanged: () => Promise<void> };

/** Candidates told one after the other: `name0`, `name1` and so on. */
function inOrder(motion: Motion, name: string, label: (n: number) => string, most: number): Wanted<string>[] {
  const options = motion.options.map(({ option }) => ({ value: option, name: nameOf(motion, option) }));
  return options.slice(0, most).map((_, n) => ({ name: `${name}${n}`, label: label(n + 1), options }));
}

/** Those told, as the Memberships that they are. */
function told(motion: Motion, name: string, answers: Record<string, string>): string[] {
  const ids = motion.options.map((_, n) => answers[`${name}${n}`]).filter(Boolean);
  return ids.flatMap((id) => motion.options.find(({ option }) => option === id)?.candidate?.id ?? []);
}

/** What an open meeting does with a motion before it: it agrees, or it votes. */
export function Beginning({ motion, onChanged }: DecidingProps) {
  const begin = (isSecret: boolean) => async () =>
    thing((await ask(OpenVoteDocument, { input: { motionId: motion.id, isSecret } })).openVote);
  const winners = motion.election ? inOrder(motion, "winner", say.winner, motion.election.seats) : [];
  return (
    <Card>
      <Act
        help={say.secretVoteHelp}
        isWide
        label={say.secretVote}
        onDo={begin(true)}
        onDone={onChanged}
        said={say.voteOpened}
      />
      <Act
        help={say.openVoteHelp}
        isWide
        label={say.openVote}
        look="quiet"
        onDo={begin(false)}
        onDone={onChanged}
        said={say.voteOpened}
      />
      <Act
        fields={[...winners, { name: "note", label: say.agreeNote, rows: 3, most: 2000 }]}
        help={say.agreeHelp}
        isWide
        label={say.agree}
        look="quiet"
        onDo={async (answers: Record<string, string>) => {
          const electedIds = told(motion, "winner", answers);
          const input = { motionId: motion.id, note: answers.note ?? "", electedIds };
          thing((await ask(AgreeMotionDocument, { input })).agreeMotion);
        }}
        onDone={onChanged}
      />
    </Card>
  );
}

/** A vote under way: ended and counted; tied candidates by the lots that the meeting drew. */
export function Ending({ motion, onChanged }: DecidingProps) {
  const close = async (lotIds: string[]) =>
    thing((await ask(CloseVoteDocument, { input: { motionId: motion.id, lotIds } })).closeVote);
  return (
    <Card>
      <p>{say.votesUnderWay}</p>
      <Act
        help={say.closeVoteHelp}
        isWide
        label={say.closeVote}
        onDo={() => close([])}
        onDone={onChanged}
        said={say.voteClosed}
      />
      {motion.election && (
        <Act
          fields={inOrder(motion, "lot", say.lot, motion.options.length)}
          help={say.lotsHelp}
          isWide
          label={say.closeByLots}
          look="quiet"
          onDo={(answers: Record<string, string>) => close(told(motion, "lot", answers))}
          onDone={onChanged}
          said={say.voteClosed}
        />
      )}
    </Card>
  );
}
