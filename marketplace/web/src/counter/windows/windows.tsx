import { Landmark, Shuffle } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { clock, dayWithin, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { WINDOW_TONES, windowStates } from "../../ground/values";
import { ConfirmAccountDocument, ProposeAccountDocument, WindowsDocument, type WindowsQuery } from "../api";
import { CounterTabs } from "../counter-tabs";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

type Account = NonNullable<WindowsQuery["cooperative"]>["settlementAccounts"][number];

/** What the co-op and others owe each other, window by window, and where it is paid to. */
export default function Windows() {
  return (
    <Page isWide title={common.clearing}>
      <WithCooperative>{(cooperative) => <List cooperative={cooperative} />}</WithCooperative>
      <CounterTabs />
    </Page>
  );
}

function List({ cooperative }: { cooperative: Cooperative }) {
  const { asked, nodes, more } = usePaged(WindowsDocument, (answer) => answer.cooperative?.windows, {
    slug: cooperative.slug,
  });
  return (
    <Loaded asked={asked}>
      {(answer) => (
        <div class="columns">
          <div class="stack">
            <h2>{say.windows}</h2>
            {nodes.length ? (
              <Rows>
                {nodes.map((window) => (
                  <li key={window.id}>
                    <Row
                      end={<Badge tone={WINDOW_TONES[window.state]}>{named(windowStates, window.state)}</Badge>}
                      href={`/loket/kliring/${encodeURIComponent(window.id)}`}
                      note={`${window.group.name} · ${since(window)}`}
                      title={`${say.windowTitle(window.number)} · ${
                        window.state === "OPEN"
                          ? rupiah(window.grossTotal)
                          : say.grossToNet(rupiah(window.grossTotal), rupiah(window.netTotal))
                      }`}
                    />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={Shuffle} title={say.noWindows}>
                <p>{say.noWindowsHelp}</p>
              </Empty>
            )}
            <More more={more} />
          </div>
          <AccountsCard
            accounts={answer.cooperative?.settlementAccounts ?? []}
            cooperative={cooperative}
            onChanged={asked.again}
          />
        </div>
      )}
    </Loaded>
  );
}

/** `dibuka hari ini 14.11`. */
function since({ openedAt, closedAt }: { openedAt: string; closedAt: string | null }): string {
  const at = closedAt ?? openedAt;
  return (closedAt ? say.closedAt : say.openedAt)(`${dayWithin(at)} ${clock(at)}`);
}

type AccountsProps = { accounts: readonly Account[]; cooperative: Cooperative; onChanged: () => Promise<void> };

function AccountsCard({ accounts, cooperative, onChanged }: AccountsProps) {
  const intent = useIntent();
  const confirming = useDoing(async (accountId: string) => {
    const input = { accountId };
    thing(
      (await ask(ConfirmAccountDocument, { input: { accountId, idempotencyKey: intent.key(input) } }))
        .confirmSettlementAccount,
    );
    intent.settle();
    await onChanged();
  });
  const label = accounts.length ? say.changeAccount : say.proposeAccount;
  return (
    <Card>
      <h2>{say.settlementAccount}</h2>
      {accounts.length === 0 && <p>{say.noSettlementAccount}</p>}
      {accounts.map((account) => (
        <div class="stack" key={account.id}>
          <p>
            {account.bank} {account.number}
            <br />
            <small>{account.holder}</small>
          </p>
          {!account.confirmedAt && (
            <>
              <p>
                <Badge tone="warn">{say.waitsForSecond}</Badge>
              </p>
              <Trouble refused={confirming.refused} />
              <Button isBusy={confirming.isRunning} look="quiet" onPress={() => void confirming.run(account.id)}>
                {say.confirmAccount}
              </Button>
            </>
          )}
        </div>
      ))}
      <Opener icon={Landmark} isWide label={label} look="quiet" onDone={onChanged}>
        {(ending) => <AccountSheet cooperative={cooperative} title={label} {...ending} />}
      </Opener>
    </Card>
  );
}

type AccountSheetProps = Ending & { cooperative: Cooperative; title: string };

function AccountSheet({ cooperative, title, onClose, onDone }: AccountSheetProps) {
  const [institution, setInstitution] = useState("");
  const [number, setNumber] = useState("");
  const [holder, setHolder] = useState("");
  const intent = useIntent();
  const proposing = useDoing(async () => {
    const wanted = {
      cooperativeId: cooperative.id,
      institution: institution.trim().toLowerCase(),
      number: number.trim(),
      holder: holder.trim(),
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(ProposeAccountDocument, { input })).proposeSettlementAccount);
    intent.settle();
    toast(say.waitsForSecond);
    await onDone();
  });
  const { refused } = proposing;
  return (
    <Sheet onClose={onClose} title={title}>
      <Field
        hint={say.bankHint}
        label={say.bank}
        most={20}
        onChange={setInstitution}
        value={institution}
        wrong={refused?.field("institution")}
      />
      <Field
        inputMode="numeric"
        label={say.accountNumber}
        most={30}
        onChange={setNumber}
        value={number}
        wrong={refused?.field("number")}
      />
      <Field label={say.holder} most={100} onChange={setHolder} value={holder} wrong={refused?.field("holder")} />
      <Trouble refused={refused} />
      <Button
        isBusy={proposing.isRunning}
        isDisabled={!institution.trim() || !number.trim() || !holder.trim()}
        isWide
        onPress={() => void proposing.run()}
      >
        {say.proposeAccount}
      </Button>
    </Sheet>
  );
}
