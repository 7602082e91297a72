import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { count } from "../../ground/figures";
import { named } from "../../ground/language";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { choices, motionKinds } from "../../ground/values";
import { Act } from "../act";
import {
  CloseVoteDocument,
  GovernanceDocument,
  MotionDeskDocument,
  type MotionDeskQuery,
  OpenVoteDocument,
  TableMotionDocument,
  WithdrawMotionDocument,
} from "../api";
import { WithCooperative } from "../with-cooperative";
import { MotionBadge } from "./motion-list";
import { say } from "./words";

type Motion = Extract<NonNullable<MotionDeskQuery["node"]>, { __typename: "Motion" }>;
type Shown = { motion: Motion; onChanged: () => Promise<void> };

/** One motion: put before a meeting, voted on openly or in secret, counted. */
export default function MotionDesk() {
  const { params } = useRoute();
  const asked = useAsked(MotionDeskDocument, { id: params.id ?? "" });
  const motion = asked.answer?.node?.__typename === "Motion" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket/rapat" isWide title={motion?.title ?? say.motion}>
      <WithCooperative>
        {({ slug }) => (
          <Loaded asked={asked}>
            {() =>
              motion && (
                <div class="columns">
                  <Head motion={motion} />
                  <div class="stack">
                    <Steps motion={motion} onChanged={asked.again} slug={slug} />
                    {motion.tally.length > 0 && <Result motion={motion} />}
                  </div>
                </div>
              )
            }
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

function Head({ motion }: { motion: Motion }) {
  const ways = { CONSENSUS: say.byConsensus, OPEN: say.isOpen, SECRET: say.isSecret };
  return (
    <Card>
      <div class="apart">
        <h2>{named(motionKinds, motion.kind)}</h2>
        <span>
          <MotionBadge state={motion.state} />
        </span>
      </div>
      <p>{motion.text}</p>
      {motion.way && <p>{ways[motion.way]}</p>}
      {motion.note && <p>{motion.note}</p>}
      {motion.meeting && (
        <ButtonLink href={`/loket/rapat/${encodeURIComponent(motion.meeting.id)}`} isWide look="quiet">
          {say.seeMeeting}
        </ButtonLink>
      )}
    </Card>
  );
}

function Steps({ motion, slug, onChanged }: Shown & { slug: string }) {
  if (motion.state === "DRAFT") return <Drafted motion={motion} onChanged={onChanged} slug={slug} />;
  if (motion.state === "TABLED" && motion.meeting?.state !== "OPEN") return <p>{say.waitsForMeeting}</p>;
  if (motion.state === "TABLED") return <Voting motion={motion} onChanged={onChanged} />;
  if (motion.state !== "VOTING") return null;
  return (
    <Card>
      <p>{say.votesUnderWay}</p>
      <Act
        help={say.closeVoteHelp}
        isWide
        label={say.closeVote}
        onDo={async () => thing((await ask(CloseVoteDocument, { input: { motionId: motion.id } })).closeVote)}
        onDone={onChanged}
      />
    </Card>
  );
}

function Drafted({ motion, slug, onChanged }: Shown & { slug: string }) {
  const asked = useAsked(GovernanceDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => {
        const open = (cooperative?.meetings.nodes ?? []).filter(({ state }) => state !== "CLOSED");
        return (
          <Card>
            {open.length === 0 ? (
              <p>{say.noMeetingToTable}</p>
            ) : (
              <Act
                fields={[
                  {
                    name: "meetingId",
                    label: say.meetings,
                    options: open.map(({ id, title }) => ({ value: id, name: title })),
                  },
                ]}
                isWide
                label={say.table}
                onDo={async ({ meetingId }) =>
                  thing((await ask(TableMotionDocument, { input: { motionId: motion.id, meetingId } })).tableMotion)
                }
                onDone={onChanged}
              />
            )}
            <Act
              help={say.withdrawHelp}
              isWide
              label={say.withdraw}
              look="danger"
              onDo={async () =>
                thing((await ask(WithdrawMotionDocument, { input: { motionId: motion.id } })).withdrawMotion)
              }
              onDone={onChanged}
            />
          </Card>
        );
      }}
    </Loaded>
  );
}

function Voting({ motion, onChanged }: Shown) {
  const begin = (isSecret: boolean) => async () =>
    thing((await ask(OpenVoteDocument, { input: { motionId: motion.id, isSecret } })).openVote);
  return (
    <Card>
      <Act help={say.secretVoteHelp} isWide label={say.secretVote} onDo={begin(true)} onDone={onChanged} />
      <Act help={say.openVoteHelp} isWide label={say.openVote} look="quiet" onDo={begin(false)} onDone={onChanged} />
    </Card>
  );
}

function Result({ motion }: { motion: Motion }) {
  const nameOf = (option: string) =>
    motion.options.find((each) => each.option === option)?.candidate?.account?.name || named(choices, option);
  const isElected = (option: string) => motion.elected.some((each) => each.option === option);
  return (
    <Card>
      <h2>{say.result}</h2>
      {motion.tally.map(({ option, votes }) => (
        <p class="apart" key={option}>
          <span>
            {nameOf(option)} {isElected(option) && <small>{say.elected}</small>}
          </span>
          <strong>{say.votes(count(votes))}</strong>
        </p>
      ))}
    </Card>
  );
}
