import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { saidOf } from "../../ground/by-law";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { named } from "../../ground/language";
import { measured } from "../../ground/measured";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Tally } from "../../ground/parts/tally";
import { ask } from "../../ground/session";
import { electedRoles, motionKinds } from "../../ground/values";
import { Act } from "../act";
import {
  GovernanceDocument,
  MotionDeskDocument,
  type MotionDeskQuery,
  TableMotionDocument,
  WithdrawMotionDocument,
} from "../api";
import { WithCooperative } from "../with-cooperative";
import { Beginning, Ending } from "./deciding";
import { MotionBadge } from "./motion-list";
import { Papers } from "./papers";
import { ReplayCard } from "./replay-card";
import { say } from "./words";

export type Motion = Extract<NonNullable<MotionDeskQuery["node"]>, { __typename: "Motion" }>;
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
                    {(motion.tally.length > 0 || motion.elected.length > 0) && (
                      <Card>
                        <Tally of={motion} />
                      </Card>
                    )}
                    {(motion.byLaws || motion.carrierShare != null) && (
                      <ReplayCard motion={motion} onChanged={asked.again} replay={motion.replay} />
                    )}
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
      <h2>{named(motionKinds, motion.kind)}</h2>
      <span>
        <MotionBadge state={motion.state} />
      </span>
      <p>
        <strong>{motion.title}</strong>
      </p>
      <p class="lines">{motion.text}</p>
      <Change motion={motion} />
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

/** What its adoption would change. */
function Change({ motion: { byLaws, carrierShare, election, options } }: { motion: Motion }) {
  return (
    <>
      {byLaws?.values.map((byLaw) => (
        <p key={byLaw.name}>{say.becomes(byLaw.title, saidOf(byLaw, byLaw.value))}</p>
      ))}
      {byLaws && <p>{say.sinceDay(dateName(byLaws.since))}</p>}
      {carrierShare != null && <p>{say.becomes(say.deliveryShare, measured("BASIS_POINTS", carrierShare))}</p>}
      {election && (
        <>
          <p>{say.electionOf(named(electedRoles, election.role), election.seats, election.termYears)}</p>
          <h3>{say.candidates}</h3>
          <ul class="stack">
            {options.map(({ option, candidate }) => (
              <li key={option}>{candidate?.account?.name || say.unnamed}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Steps({ motion, slug, onChanged }: Shown & { slug: string }) {
  if (motion.state === "DRAFT") return <Drafted motion={motion} onChanged={onChanged} slug={slug} />;
  if (motion.state === "TABLED" && motion.meeting?.state !== "OPEN") return <p>{say.waitsForMeeting}</p>;
  if (motion.state === "TABLED") return <Beginning motion={motion} onChanged={onChanged} />;
  if (motion.state !== "VOTING") return null;
  return (
    <>
      <Ending motion={motion} onChanged={onChanged} />
      <Papers motion={motion} onChanged={onChanged} slug={slug} />
    </>
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
