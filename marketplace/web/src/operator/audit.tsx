import { ScrollText } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { time } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Button } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { account, ask } from "../ground/session";
import { AuditDocument, type AuditQuery, ReinstateAccountDocument, SuspendAccountDocument } from "./api";
import { ForOperator } from "./for-operator";
import { OperatorTabs } from "./operator-tabs";
import { ReasonSheet } from "./reason-sheet";
import { actions, detailNames, say } from "./words";

type Entry = AuditQuery["auditLog"]["nodes"][number];

/** Details that name a part of the program: shown as they are, for who looks into its log. */
const PARTS = new Set(["event", "handler"]);

/** Who did what to whose rights on this node. */
export default function Audit() {
  return (
    <Page isWide title={say.audit}>
      <ForOperator>
        <List />
      </ForOperator>
      <OperatorTabs />
    </Page>
  );
}

function nameOf(person: { name: string } | null | undefined): string {
  return person ? person.name || say.unnamed : say.bySystem;
}

function List() {
  const { asked, nodes, more } = usePaged(AuditDocument, ({ auditLog }) => auditLog);
  const [opened, setOpened] = useState<Entry>();
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <>
            <Rows>
              {nodes.map((entry, n) => (
                <li key={entry.id}>
                  <Row
                    note={
                      <>
                        {[
                          say.did(nameOf(entry.actor), nameOf(entry.account)),
                          entry.cooperative?.name,
                          time(entry.at),
                        ]
                          .filter(Boolean)
                          .join(" · ")}
                        <span class="unseen"> ({n + 1})</span>
                      </>
                    }
                    onPress={() => setOpened(entry)}
                    title={named(actions, entry.action)}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
            {opened && <EntrySheet entry={opened} onChanged={asked.again} onClose={() => setOpened(undefined)} />}
          </>
        ) : (
          <Empty icon={ScrollText} title={say.noAudit} />
        )
      }
    </Loaded>
  );
}

type EntrySheetProps = { entry: Entry; onChanged: () => Promise<void>; onClose: () => void };

function EntrySheet({ entry, onChanged, onClose }: EntrySheetProps) {
  const [isClosing, setClosing] = useState(false);
  const whose = entry.account;
  const reinstating = useDoing(async (id: string) => {
    thing((await ask(ReinstateAccountDocument, { input: { id } })).reinstateAccount);
    toast(say.done);
    onClose();
    await onChanged();
  });
  const suspend = async (reason: string) => {
    if (!whose) return;
    thing((await ask(SuspendAccountDocument, { input: { id: whose.id, reason } })).suspendAccount);
    onClose();
    await onChanged();
  };
  const details = Object.entries((entry.detail ?? {}) as Record<string, unknown>);
  if (isClosing) {
    return <ReasonSheet help={say.accountHelp} onClose={onClose} onDo={suspend} title={say.suspendAccount} />;
  }
  return (
    <Sheet onClose={onClose} title={named(actions, entry.action)}>
      <p>
        {say.did(nameOf(entry.actor), nameOf(whose))} · {time(entry.at)}
      </p>
      <Facts
        facts={details.map(([name, value]) => ({
          name: named(detailNames, name),
          is: PARTS.has(name) ? <code>{String(value)}</code> : String(value),
        }))}
      />
      <Trouble refused={reinstating.refused} />
      {whose && whose.id !== account.value?.id && entry.action !== "account.suspended" && (
        <Button isWide look="danger" onPress={() => setClosing(true)}>
          {say.suspendAccount}
        </Button>
      )}
      {whose && entry.action === "account.suspended" && (
        <Button isBusy={reinstating.isRunning} isWide onPress={() => void reinstating.run(whose.id)}>
          {say.reinstateAccount}
        </Button>
      )}
    </Sheet>
  );
}
