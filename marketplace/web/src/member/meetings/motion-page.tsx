import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { saidOf } from "../../ground/by-law";
import { named } from "../../ground/language";
import { measured } from "../../ground/measured";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { nameOf } from "../../ground/parts/tally";
import { SignedIn } from "../../ground/signed-in";
import { electedRoles, motionKinds, motionStates } from "../../ground/values";
import { OneMotionDocument, type OneMotionQuery } from "../api";
import { Papers } from "./papers";
import { Replay } from "./replay";
import { Result } from "./result";
import { Vote } from "./vote";
import { say } from "./words";

export type Motion = Extract<NonNullable<OneMotionQuery["node"]>, { __typename: "Motion" }>;
export type Shown = { motion: Motion; onChanged: () => Promise<void> };

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
                {motion.replay && <Replay replay={motion.replay} />}
                {motion.state === "VOTING" && <Vote motion={motion} onChanged={asked.again} />}
                {motion.state === "VOTING" && motion.paperBallots.length > 0 && (
                  <Papers motion={motion} onChanged={asked.again} />
                )}
                {(motion.tally.length > 0 || motion.elected.length > 0) && <Result motion={motion} />}
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
      <h2>{named(motionKinds, motion.kind)}</h2>
      <span>
        <Badge>{named(motionStates, motion.state)}</Badge>
      </span>
      <p>
        <strong>{motion.title}</strong>
      </p>
      <p class="lines">{motion.text}</p>
      {motion.byLaws?.values.map((byLaw) => (
        <p key={byLaw.name}>
          <strong>{say.becomes(byLaw.title, saidOf(byLaw, byLaw.value))}</strong>
        </p>
      ))}
      {motion.carrierShare != null && (
        <p>
          <strong>{say.becomes(say.deliveryShare, measured("BASIS_POINTS", motion.carrierShare))}</strong>
        </p>
      )}
      {motion.election && (
        <>
          <p>
            {say.electionOf(
              named(electedRoles, motion.election.role),
              motion.election.seats,
              motion.election.termYears,
            )}
          </p>
          <h3>{say.candidates}</h3>
          <ul class="stack">
            {motion.options.map(({ option }) => (
              <li key={option}>{nameOf(motion, option)}</li>
            ))}
          </ul>
        </>
      )}
      {motion.note && <p>{motion.note}</p>}
    </Card>
  );
}
