import { Shuffle } from "lucide";
import { useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { useLive } from "../../ground/live";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { WINDOW_TONES, windowStates } from "../../ground/values";
import {
  ApproveSettlementDocument,
  CloseWindowDocument,
  OfficesDocument,
  type OfficesQuery,
  OneWindowDocument,
  WindowChangedDocument,
  type WindowFragment,
} from "../api";
import { say as common } from "../words";
import { Cases } from "./cases";
import { Drawn } from "./drawn";
import { PaymentCard } from "./payment-card";
import { say } from "./words";

type Office = NonNullable<OfficesQuery["viewer"]>["offices"][number];
const KEEPERS = new Set(["CHAIR", "SECRETARY", "TREASURER"]);

/** One window: who owes whom, what that comes to, and its payments until they have all arrived. */
export default function WindowPage() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const asked = useAsked(OneWindowDocument, { id });
  const offices = useAsked(OfficesDocument, {});
  const refresh = () => void asked.again();
  useLive(WindowChangedDocument, { id }, refresh, refresh);
  const window = asked.answer?.node?.__typename === "SettlementWindow" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket/kliring" isWide title={window ? say.windowTitle(window.number) : common.clearing}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            window && (
              <Shown offices={offices.answer?.viewer?.offices ?? []} onChanged={asked.again} window={window} />
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

type ShownProps = { window: WindowFragment; offices: readonly Office[]; onChanged: () => Promise<void> };

function Shown({ window, offices, onChanged }: ShownProps) {
  const ours = new Set(
    offices.flatMap(({ role, cooperative }) => (cooperative && KEEPERS.has(role) ? [cooperative.id] : [])),
  );
  const operator = window.group.operator;
  const mayClose = operator ? ours.has(operator.id) : offices.some(({ role }) => role === "NODE_OPERATOR");
  return (
    <div class="columns">
      <div class="stack">
        <p>
          <Badge tone={WINDOW_TONES[window.state]}>{named(windowStates, window.state)}</Badge>
        </p>
        <p>{window.group.name}</p>
        {window.reason && <p>{window.reason}</p>}
        <Picture window={window} />
      </div>
      <div class="stack">
        <h2>{say.payments}</h2>
        {window.state === "OPEN" && <p>{say.noPayments}</p>}
        {window.state !== "OPEN" && window.payments.length === 0 && <p>{say.nothingToPay}</p>}
        {window.state === "OPEN" && mayClose && <CloseCard onChanged={onChanged} window={window} />}
        <Approvals onChanged={onChanged} ours={ours} window={window} />
        {window.payments.map((payment) => (
          <PaymentCard key={payment.id} onChanged={onChanged} ours={ours} payment={payment} windowId={window.id} />
        ))}
        {window.state !== "OPEN" &&
          [...ours].map((cooperative) => (
            <FileButton
              key={cooperative}
              path={`/settlements/statement.pdf?${new URLSearchParams({ window: window.id, cooperative })}`}
            >
              {say.statementFile}
            </FileButton>
          ))}
        {window.state !== "OPEN" && ours.size > 0 && <Cases ours={ours} window={window} />}
      </div>
    </div>
  );
}

/** Who is meant by the short names in the drawing. */
function codesOf({ obligations }: WindowFragment) {
  const named = new Map<string, string>();
  for (const { debtor, creditor } of obligations.nodes) {
    for (const one of [debtor, creditor]) if (one) named.set(one.code, one.name);
  }
  return [...named].sort().map(([name, is]) => ({ name, is }));
}

/** The node's drawing, and the same in words for who can't see it. */
function Picture({ window }: { window: WindowFragment }) {
  const debts = window.obligations.nodes;
  return (
    <Card>
      <h2>{say.picture}</h2>
      {window.state !== "OPEN" && window.netTotal > 0 && (
        <p>{say.saved(rupiah(window.grossTotal), rupiah(window.netTotal))}</p>
      )}
      <Drawn name={say.picture} svg={window.picture} />
      <Facts facts={codesOf(window)} />
      <ul class="stack">
        {debts.map((debt) => (
          <li key={debt.id}>
            {say.owes(debt.debtor?.name ?? "–", debt.creditor?.name ?? "–", rupiah(debt.amount))}
            {debt.note && (
              <>
                <br />
                <small>{debt.note}</small>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CloseCard({ window, onChanged }: { window: WindowFragment; onChanged: () => Promise<void> }) {
  const intent = useIntent();
  const closing = useDoing(async () => {
    const input = { windowId: window.id };
    thing((await ask(CloseWindowDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).closeWindow);
    intent.settle();
    await onChanged();
  });
  return (
    <Card>
      <p>{say.closeHelp}</p>
      <Trouble refused={closing.refused} />
      <Button icon={Shuffle} isBusy={closing.isRunning} isWide onPress={() => void closing.run()}>
        {say.closeWindow}
      </Button>
    </Card>
  );
}

type ApprovalsProps = { window: WindowFragment; ours: ReadonlySet<string>; onChanged: () => Promise<void> };

/** Each co-op agrees once to all that it pays and receives in the window. */
function Approvals({ window, ours, onChanged }: ApprovalsProps) {
  const intent = useIntent();
  const approving = useDoing(async (cooperativeId: string) => {
    const input = { windowId: window.id, cooperativeId };
    thing(
      (await ask(ApproveSettlementDocument, { input: { ...input, idempotencyKey: intent.key(input) } }))
        .approveSettlement,
    );
    intent.settle();
    toast(common.agreed);
    await onChanged();
  });
  const asked = new Map<string, string>();
  for (const { state, payer, payee, isApprovedByPayer, isApprovedByPayee } of window.payments) {
    if (state !== "PLANNED") continue;
    if (payer && ours.has(payer.id) && !isApprovedByPayer) asked.set(payer.id, payer.name);
    if (payee && ours.has(payee.id) && !isApprovedByPayee) asked.set(payee.id, payee.name);
  }
  if (!asked.size) return null;
  return (
    <>
      <Trouble refused={approving.refused} />
      {[...asked].map(([id, name]) => (
        <Button isBusy={approving.isRunning} isWide key={id} onPress={() => void approving.run(id)}>
          {asked.size > 1 ? `${say.weApprove}: ${name}` : say.weApprove}
        </Button>
      ))}
    </>
  );
}
