import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Choice, Choices } from "../../ground/parts/choice";
import { inFours } from "../../ground/parts/code";
import { nameOf } from "../../ground/parts/tally";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { VoteDocument, VoteForAllDocument } from "../api";
import { castSecretly, castUnlessUsed } from "./ballot/casting";
import type { Motion, Shown } from "./motion-page";
import { say } from "./words";

/** The member's one vote: for, against, or candidates in order; for whom he stands too. */
export function Vote({ motion, onChanged }: Shown) {
  const [choice, setChoice] = useState<string[]>([]);
  const [receipt, setReceipt] = useState<string>();
  const intent = useIntent();
  const isSecret = motion.way === "SECRET";
  const givers = motion.meeting?.mine?.givers ?? [];
  const voting = useDoing(async () => {
    if (isSecret && motion.tokenKey) {
      const { id, ballotName, tokenKey } = motion;
      const own = await castSecretly({ id, ballotName, tokenKey }, choice);
      for (const giver of givers) await castUnlessUsed({ id, ballotName, tokenKey }, choice, giver.id);
      setReceipt(own);
      return;
    }
    const wanted = { motionId: motion.id, choice };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    if (givers.length) thing((await ask(VoteForAllDocument, { input })).castDelegateVotes);
    else thing((await ask(VoteDocument, { input })).castVote);
    intent.settle();
    await onChanged();
  });
  if (receipt || (motion.used && !isSecret)) {
    return (
      <Card>
        <h2>{say.voted}</h2>
        {receipt && (
          <>
            <small>{say.receiptOf(inFours(receipt))}</small>
            <p>{say.receiptHelp}</p>
          </>
        )}
      </Card>
    );
  }
  const options = motion.options.length ? motion.options.map(({ option }) => option) : OPTIONS;
  return (
    <Card>
      <p>{isSecret ? say.secretHelp : say.openHelp}</p>
      {givers.length > 0 && <p>{say.alsoFor(givers.length)}</p>}
      {motion.kind === "ELECTION" ? (
        <Ranking motion={motion} onRank={setChoice} options={options} ranked={choice} />
      ) : (
        <Choices about={say.vote}>
          {options.map((option) => (
            <Choice
              group="vote"
              isChosen={choice[0] === option}
              key={option}
              label={nameOf(motion, option)}
              onChoose={() => setChoice([option])}
              type="radio"
            />
          ))}
        </Choices>
      )}
      <Trouble refused={voting.refused} />
      <Button isBusy={voting.isRunning} isDisabled={!choice.length} isWide onPress={() => void voting.run()}>
        {say.vote}
      </Button>
    </Card>
  );
}

/** What is voted on, unless it is an election. */
const OPTIONS = ["FOR", "AGAINST", "ABSTAIN"];

type RankingProps = {
  motion: Motion;
  options: readonly string[];
  ranked: readonly string[];
  onRank: (ranked: string[]) => void;
};

/** Candidates in the order of the voter's choice; touched again, one leaves it. */
function Ranking({ motion, options, ranked, onRank }: RankingProps) {
  const touch = (option: string) =>
    onRank(ranked.includes(option) ? ranked.filter((each) => each !== option) : [...ranked, option]);
  return (
    <div class="stack">
      <p>{say.rank}</p>
      {options.map((option) => {
        const place = ranked.indexOf(option) + 1;
        const name = nameOf(motion, option);
        return (
          <Button isWide key={option} look="quiet" onPress={() => touch(option)}>
            {place ? say.choiceOf(place, name) : name}
          </Button>
        );
      })}
    </div>
  );
}
