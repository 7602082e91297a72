import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, dayOf } from "../../ground/days";
import { dayWithin, rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import {
  IssuedStatementsDocument,
  type IssuedStatementsQuery,
  IssueStatementDocument,
  RevokeStatementDocument,
} from "../api";
import type { Period } from "./income";
import { say } from "./words";

type Issued = Extract<
  NonNullable<IssuedStatementsQuery["node"]>,
  { __typename: "Membership" }
>["incomeStatements"]["nodes"][number];

/** Issues the period's statement with a code by which a bank checks it, and shows those that were issued. */
export function Statements({ membershipId, period }: { membershipId: string; period: Period }) {
  const { asked, nodes, more } = usePaged(
    IssuedStatementsDocument,
    ({ node }) => (node?.__typename === "Membership" ? node.incomeStatements : undefined),
    { id: membershipId },
  );
  const intent = useIntent();
  const issuing = useDoing(async () => {
    const wanted = { membershipId, ...period };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(IssueStatementDocument, { input })).issueIncomeStatement);
    intent.settle();
    toast(say.issued);
    await asked.again();
  });
  return (
    <>
      <Card>
        <h2>{say.issue}</h2>
        <p>{say.issueHelp}</p>
        <Trouble refused={issuing.refused} />
        <Button isBusy={issuing.isRunning} isWide onPress={() => void issuing.run()}>
          {say.issue}
        </Button>
      </Card>
      <Loaded asked={asked}>
        {() =>
          nodes.length > 0 && (
            <>
              <h2>{say.statements}</h2>
              {nodes.map((statement) => (
                <StatementCard key={statement.id} onChanged={asked.again} statement={statement} />
              ))}
              <More more={more} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function StatementCard({ statement, onChanged }: { statement: Issued; onChanged: () => Promise<void> }) {
  const intent = useIntent();
  const revoking = useDoing(async () => {
    const input = { statementId: statement.id, idempotencyKey: intent.key(statement.id) };
    thing((await ask(RevokeStatementDocument, { input })).revokeIncomeStatement);
    intent.settle();
    toast(say.revokedNow);
    await onChanged();
  });
  const { income } = statement;
  const isOver = new Date(statement.expiresAt) < new Date();
  const ended = statement.isRevoked ? say.revoked : say.expired;
  return (
    <Card about={statement.checkCode}>
      <h3>{say.between(dateName(income.firstOn), dateName(income.lastOn))}</h3>
      <Facts
        facts={[
          { name: say.code, is: statement.checkCode },
          { name: say.earned, is: rupiah(income.earned) },
        ]}
      />
      {statement.isRevoked || isOver ? (
        <p>
          <Badge tone="bad">{ended}</Badge>
        </p>
      ) : (
        <>
          <p>
            {say.issuedOn(dayWithin(statement.issuedAt))} ·{" "}
            {say.valid(dateName(dayOf(new Date(statement.expiresAt))))}
          </p>
          <FileButton path={statement.pdfPath}>{say.pdf}</FileButton>
          <Trouble refused={revoking.refused} />
          <div class="beside">
            <ButtonLink href={statement.checkPath} isOutside look="quiet">
              {say.check}
            </ButtonLink>
            <Button isBusy={revoking.isRunning} look="danger" onPress={() => void revoking.run()}>
              {say.revoke}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}
