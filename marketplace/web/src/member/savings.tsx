import { PiggyBank, Plus, Wallet } from "lucide";
import { useAsked } from "../ground/asking";
import { thing } from "../ground/client";
import { day, dayWithin, hundredths, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { AmountSheet } from "../ground/parts/amount-sheet";
import { Card } from "../ground/parts/card";
import { DuesList } from "../ground/parts/dues-list";
import { FileButton } from "../ground/parts/file-button";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { Older } from "../ground/parts/older";
import { Opener } from "../ground/parts/opener";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { toast } from "../ground/parts/toast";
import { ask } from "../ground/session";
import { dueWays, savingsKinds } from "../ground/values";
import { MySavingsDocument, type MySavingsQuery, OlderPaymentsDocument, PayDuesFromSavingsDocument } from "./api";
import { MemberTabs } from "./member-tabs";
import { say as saving } from "./saving/words";
import { type Membership, WithMembership } from "./with-membership";
import { say } from "./words";

type Mine = Extract<NonNullable<MySavingsQuery["node"]>, { __typename: "Membership" }>;
type Shown = { mine: Mine; onChanged: () => Promise<void> };

/** What a member saves, owes and paid. */
export default function Savings() {
  return (
    <Page title={say.savings}>
      <WithMembership>{(membership) => <Standing membership={membership} />}</WithMembership>
      <MemberTabs />
    </Page>
  );
}

function Standing({ membership }: { membership: Membership }) {
  const asked = useAsked(MySavingsDocument, { id: membership.id });
  return (
    <Loaded asked={asked}>
      {({ node }) =>
        node?.__typename === "Membership" && (
          <>
            <p>
              {membership.cooperative.name} · {say.memberOf(String(membership.number ?? "–"))}
            </p>
            <Rows>
              {node.savings.map((savings) => (
                <li key={savings.id}>
                  <Row
                    href={`/anggota/simpanan/${encodeURIComponent(savings.id)}`}
                    note={standingOf(savings)}
                    start={<Icon of={PiggyBank} />}
                    title={savings.product?.name ?? named(savingsKinds, savings.kind)}
                  />
                </li>
              ))}
              <li>
                <Row href="/anggota/menabung" note={saving.note} start={<Icon of={Plus} />} title={saving.title} />
              </li>
            </Rows>
            <Dues mine={node} onChanged={asked.again} />
            <Payments mine={node} />
          </>
        )
      }
    </Loaded>
  );
}

/** In a few words: what it holds, what it earns, when it ends. */
function standingOf({ balance, rate, maturesOn, closedAt }: Mine["savings"][number]): string {
  if (closedAt) return say.closed;
  return [
    say.holds(rupiah(balance)),
    ...(rate ? [say.rate(hundredths(rate))] : []),
    ...(maturesOn ? [say.matures(dayWithin(maturesOn))] : []),
  ].join(" · ");
}

function Dues({ mine, onChanged }: Shown) {
  const source = mine.savings.find(({ kind, balance }) => kind === "VOLUNTARY" && balance > 0);
  const owed = mine.dues.nodes.reduce((all, due) => all + due.outstanding, 0);
  const pay = async (amount: number, idempotencyKey: string) => {
    if (!source) return;
    const input = { savingsId: source.id, amount, idempotencyKey };
    thing((await ask(PayDuesFromSavingsDocument, { input })).payDuesFromSavings);
    toast(say.paid);
  };
  return (
    <Card>
      <div class="apart">
        <h2>{say.owed}</h2>
        <strong>{rupiah(mine.owed)}</strong>
      </div>
      <DuesList dues={mine.dues.nodes} />
      {mine.dues.nodes.length > 0 && <p>{say.howToPay(mine.paymentReference)}</p>}
      {owed > 0 && source && (
        <Opener icon={Wallet} isWide label={say.payFromSavings} onDone={onChanged}>
          {(ending) => (
            <AmountSheet
              {...ending}
              help={say.payFromSavingsHelp(source.product?.name ?? named(savingsKinds, source.kind))}
              hint={say.holds(rupiah(source.balance))}
              label={say.pay}
              onDo={pay}
              start={Math.min(owed, source.balance)}
              title={say.payFromSavings}
            />
          )}
        </Opener>
      )}
    </Card>
  );
}

function Payments({ mine }: { mine: Mine }) {
  return (
    <>
      <h2>{say.payments}</h2>
      {mine.duePayments.nodes.length === 0 && <p>{say.noPayments}</p>}
      <Older
        document={OlderPaymentsDocument}
        first={mine.duePayments}
        of={({ node }) => (node?.__typename === "Membership" ? node.duePayments : undefined)}
        variables={{ id: mine.id }}
      >
        {(payments) =>
          payments.map((paid) => (
            <Card about={`${day(paid.receivedOn)}, ${rupiah(paid.amount)}`} key={paid.id}>
              <p class="apart">
                <span>
                  {day(paid.receivedOn)} · {named(dueWays, paid.way)}
                </span>
                <strong>{rupiah(paid.amount)}</strong>
              </p>
              {paid.receiptPath && (
                <FileButton look="plain" path={paid.receiptPath}>
                  {paid.number ? say.receipt(paid.number) : say.payment}
                </FileButton>
              )}
            </Card>
          ))
        }
      </Older>
    </>
  );
}
