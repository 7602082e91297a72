import { useRoute } from "preact-iso";
import type { Doing } from "../../ground/asking";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { RoundTold, takesParts } from "../../ground/purchasing/round-told";
import { say as joint } from "../../ground/purchasing/words";
import { RoundDocument, type RoundQuery } from "../api";
import { type Cooperative, isKeeper, isOfficer, WithCooperative } from "../with-cooperative";
import { JoinForUnit } from "./join-for-unit";
import { PartCard } from "./part-card";
import { RoundSteps } from "./round-steps";
import { SupplierCard } from "./supplier-card";
import { say } from "./words";

export type Round = Extract<NonNullable<RoundQuery["node"]>, { __typename: "PurchaseRound" }>;
export type Part = Round["commitments"]["nodes"][number];

function roundOf({ node }: RoundQuery): Round | undefined {
  return node?.__typename === "PurchaseRound" ? node : undefined;
}

/** One joint purchase: joined for a unit; for who runs it ordered, received, shared out and paid. */
export default function RoundPage() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const { asked, nodes, more } = usePaged(RoundDocument, (answer) => roundOf(answer)?.commitments, { id });
  const round = asked.answer && roundOf(asked.answer);
  return (
    <Page backTo="/loket/pembelian-bersama" isWide title={round?.title ?? joint.title}>
      <WithCooperative>
        {(cooperative) => (
          <Loaded asked={asked}>
            {() =>
              round && (
                <div class="columns">
                  <div class="stack">
                    <Card>
                      <RoundTold isAlone round={round} />
                    </Card>
                    <Acts cooperative={cooperative} more={more} onChanged={asked.again} parts={nodes} round={round} />
                  </div>
                  <Parts cooperative={cooperative} more={more} onChanged={asked.again} parts={nodes} round={round} />
                </div>
              )
            }
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

export type RoundProps = {
  round: Round;
  parts: readonly Part[];
  more: Doing<[]> | null;
  cooperative: Cooperative;
  onChanged: () => Promise<void>;
};

function isRunBy({ round, cooperative }: Pick<RoundProps, "round" | "cooperative">): boolean {
  return round.cooperative?.id === cooperative.id;
}

function Acts(props: RoundProps) {
  const { round, parts, cooperative, onChanged } = props;
  const isRunner = isRunBy(props) && isOfficer(cooperative);
  return (
    <>
      {takesParts(round) && isKeeper(cooperative) && (
        <Opener isWide label={say.joinFor} look={isRunner ? "quiet" : "main"} onDone={onChanged}>
          {(ending) => <JoinForUnit {...ending} parts={parts} round={round} slug={cooperative.slug} />}
        </Opener>
      )}
      {isRunner && <RoundSteps {...props} />}
      {isRunner && round.total != null && <SupplierCard onChanged={onChanged} round={round} total={round.total} />}
    </>
  );
}

function Parts(props: RoundProps) {
  const { round, parts, more, cooperative, onChanged } = props;
  return (
    <div class="stack">
      <h2>{isRunBy(props) ? say.each : say.ourSide}</h2>
      {parts.length === 0 && <p>{say.nobody}</p>}
      {parts.map((part) => (
        <PartCard
          cooperative={cooperative}
          isRunner={isRunBy(props)}
          key={part.id}
          onChanged={onChanged}
          part={part}
          round={round}
        />
      ))}
      <More more={more} />
    </div>
  );
}
