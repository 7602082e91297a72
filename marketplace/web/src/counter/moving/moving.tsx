import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { count, day, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ConfirmMovingSetDocument,
  MovingSetsDocument,
  type MovingSetsQuery,
  WithdrawMovingSetDocument,
} from "../api";
import { type Tried, Upload } from "../upload";
import { WithCooperative } from "../with-cooperative";
import { movingStates, say } from "./words";

type MovingSet = NonNullable<MovingSetsQuery["cooperative"]>["movingSets"][number];
type Found = Tried & {
  isProved: boolean;
  members?: number;
  savings?: number;
  loans?: number;
  proof?: MovingSet["proof"];
};

/** A co-op that moves in from its spreadsheets: tried dry with its totals, proposed, and taken in by a second officer. */
export default function Moving() {
  return (
    <Page backTo="/loket/urusan" title={say.title}>
      <WithCooperative>{({ id, slug }) => <Sets cooperativeId={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function Sets({ cooperativeId, slug }: { cooperativeId: string; slug: string }) {
  const asked = useAsked(MovingSetsDocument, { slug });
  return (
    <>
      <p>{say.help}</p>
      <FileButton path="/moving/template.xlsx">{say.template}</FileButton>
      <Upload<Found>
        accept=".xlsx"
        isRight={({ isProved }) => isProved}
        label={say.upload}
        onDone={asked.again}
        path={`/moving/sets?${new URLSearchParams({ cooperative: cooperativeId })}`}
        take={say.propose}
      >
        {({ isProved, members = 0, savings = 0, loans = 0, proof = [] }) => (
          <>
            <p>
              <Badge tone={isProved ? "good" : "bad"}>{isProved ? say.proved : say.notProved}</Badge>
            </p>
            <Facts
              facts={[
                { name: say.members, is: count(members) },
                { name: say.savings, is: count(savings) },
                { name: say.loans, is: count(loans) },
              ]}
            />
            <Proof proof={proof} />
          </>
        )}
      </Upload>
      <h2>{say.sets}</h2>
      <Loaded asked={asked}>
        {({ cooperative }) => (
          <>
            {cooperative?.movingSets.length === 0 && <p>{say.none}</p>}
            {cooperative?.movingSets.map((set) => (
              <SetCard key={set.id} onChanged={asked.again} set={set} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

/** Each account that a sheet tells apart, with what its rows sum to and what the opening balances say. */
function Proof({ proof }: { proof: MovingSet["proof"] }) {
  return (
    <ul class="stack">
      {proof.map(({ account, rows, total, books }) => (
        <li key={account}>
          {account}
          <br />
          <small>{say.sums(rows, rupiah(total), rupiah(books))}</small>
        </li>
      ))}
    </ul>
  );
}

function SetCard({ set, onChanged }: { set: MovingSet; onChanged: () => Promise<void> }) {
  const input = { id: set.id };
  return (
    <Card>
      <div class="apart">
        <h3>{day(set.broughtAt)}</h3>
        <span>
          <Badge tone={set.state === "DONE" ? "good" : "calm"}>{named(movingStates, set.state)}</Badge>
        </span>
      </div>
      <p>{say.holds(set.members, set.loans)}</p>
      <Proof proof={set.proof} />
      {set.state === "PROPOSED" && (
        <div class="beside">
          <Act
            help={say.confirmHelp}
            label={say.confirm}
            onDo={async () => thing((await ask(ConfirmMovingSetDocument, { input })).confirmMovingSet)}
            onDone={onChanged}
          />
          <Act
            label={say.withdraw}
            look="danger"
            onDo={async () => thing((await ask(WithdrawMovingSetDocument, { input })).withdrawMovingSet)}
            onDone={onChanged}
          />
        </div>
      )}
    </Card>
  );
}
