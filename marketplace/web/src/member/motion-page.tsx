import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { count } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Choice, Choices } from "../ground/parts/choice";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { choices, motionKinds, motionStates } from "../ground/values";
import { OneMotionDocument, type OneMotionQuery, VoteDocument } from "./api";
import { castSecretly } from "./ballot/casting";
import { say } from "./words";

type Motion = Extract<NonNullable<OneMotionQuery["node"]>, { __typename: "Motion" }>;
type Shown = { motion: Motion; onChanged: () => Promise<void> };

/** What the members decide: its words, the vote, its result. */
export default function MotionPage() {
  const { params } = useRoute();
  const asked = useAsked(OneMotionDocument, { id: params.id ?? "" });
  const motion = asked.answer?.node?.__typename === "Motion" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/rapat" title={motion?.title ?? say.motions}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            motion && (
              <>
                <Words motion={motion} />
                {motion.state === "VOTING" && <Vote motion={motion} onChanged={asked.again} />}
                {motion.tally.length > 0 && <Result motion={motion} />}
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Words({ motion }: { motion: Motion }) {
  return (
    <Card>
      <div class="apart">
        <h2>{named(motionKinds, motion.kind)}</h2>
        <span>
          <Badge>{named(motionStates, motion.state)}</Badge>
        </span>
      </div>
      <p>{motion.text}</p>
      {motion.note && <p>{motion.note}</p>}
    </Card>
  );
}

function nameOf(motion: Motion, option: string): string {
  const candidate = motion.options.find((each) => each.option === option)?.candidate;
  return candidate?.account?.name || named(choices, option);
}

function Vote({ motion, onChanged }: Shown) {
  const [choice, setChoice] = useState<string[]>([]);
  const [receipt, setReceipt] = useState<string>();
  const intent = useIntent();
  const isSecret = motion.way === "SECRET";
  const voting = useDoing(async () => {
    if (isSecret && motion.tokenKey) {
      const { id, ballotName, tokenKey } = motion;
      setReceipt(await castSecretly({ id, ballotName, tokenKey }, choice));
      return;
    }
    const wanted = { motionId: motion.id, choice };
    thing((await ask(VoteDocument, { input: { ...wanted, idempotencyKey: intent.key(wanted) } })).castVote);
    intent.settle();
    await onChanged();
  });
  if (receipt || (motion.used && !isSecret)) {
    return (
      <Card>
        <h2>{say.voted}</h2>
        {receipt && <p>{say.receiptOf(receipt)}</p>}
      </Card>
    );
  }
  const options = motion.options.length ? motion.options.map(({ option }) => option) : OPTIONS;
  return (
    <Card>
      <p>{isSecret ? say.secretHelp : say.openHelp}</p>
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
          <Button isWide key={option} look={place ? "main" : "quiet"} onPress={() => touch(option)}>
            {place ? say.place(place, name) : name}
          </Button>
        );
      })}
    </div>
  );
}

function Result({ motion }: { motion: Motion }) {
  return (
    <Card>
      <h2>{say.result}</h2>
      {motion.tally.map(({ option, votes }) => (
        <p class="apart" key={option}>
          <span>{nameOf(motion, option)}</span>
          <strong>{say.votes(count(votes))}</strong>
        </p>
      ))}
    </Card>
  );
}
