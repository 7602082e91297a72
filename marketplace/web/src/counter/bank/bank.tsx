import { Landmark } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { dateName, today } from "../../ground/days";
import { count, rupiah } from "../../ground/figures";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Select } from "../../ground/parts/select";
import { accountName } from "../account-name";
import { CashAccountsDocument, type CashAccountsQuery, ReconcilingDocument, type ReconcilingQuery } from "../api";
import { entryName } from "../entry-name";
import { type Tried, Upload } from "../upload";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { keyOf, movedBy } from "./entries";
import { LineSheet } from "./line-sheet";
import { Matched } from "./matched";
import { say } from "./words";

type Accounting = NonNullable<NonNullable<NonNullable<CashAccountsQuery["cooperative"]>["book"]>["accounting"]>;
export type Account = Accounting["chart"][number];
type Held = NonNullable<NonNullable<NonNullable<ReconcilingQuery["cooperative"]>["book"]>["accounting"]>;
export type AtBank = Held["reconciliation"]["lines"][number];

/** The book held against the bank: its statement taken in, and each of its lines matched or booked. */
export default function Bank() {
  return (
    <Page backTo="/loket/bukti" isWide title={say.title}>
      <WithCooperative>{(cooperative) => <Accounts cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function Accounts({ cooperative }: { cooperative: Cooperative }) {
  const asked = useAsked(CashAccountsDocument, { slug: cooperative.slug });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const accounting = answer.cooperative?.book?.accounting;
        if (!accounting) {
          return (
            <Empty icon={Landmark} title={common.noBooks}>
              <p>{common.noBooksHelp}</p>
            </Empty>
          );
        }
        return <Chosen accounting={accounting} cooperative={cooperative} />;
      }}
    </Loaded>
  );
}

function Chosen({ accounting, cooperative }: { accounting: Accounting; cooperative: Cooperative }) {
  const cash = accounting.chart.filter(({ isCash, takesVouchers }) => isCash && takesVouchers);
  const [accountId, setAccountId] = useState((cash.find(({ name }) => /bank/i.test(name)) ?? cash[0])?.id ?? "");
  const [on, setOn] = useState(today());
  const asked = useAsked(ReconcilingDocument, accountId ? { slug: cooperative.slug, account: accountId, on } : null);
  const [changes, setChanges] = useState(0);
  const changed = async () => {
    setChanges((n) => n + 1);
    await asked.again();
  };
  return (
    <>
      <div class="columns">
        <Select label={say.account} onChange={setAccountId} value={accountId}>
          {cash.map((account) => (
            <option key={account.id} value={account.id}>
              {accountName(account)}
            </option>
          ))}
        </Select>
        <Field label={say.asOf} onChange={setOn} type="date" value={on} />
      </div>
      <Loaded asked={asked}>
        {(answer) => {
          const held = answer.cooperative?.book?.accounting;
          return (
            held && (
              <div class="columns">
                <div class="stack">
                  <Standing held={held} />
                  <Statements accountId={accountId} accounting={accounting} held={held} onDone={changed} />
                </div>
                <div class="stack">
                  <Unmatched
                    accountId={accountId}
                    accounts={accounting.chart}
                    cooperative={cooperative}
                    held={held}
                    onDone={changed}
                  />
                  <Matched accountId={accountId} key={changes} onDone={changed} slug={cooperative.slug} />
                </div>
              </div>
            )
          );
        }}
      </Loaded>
    </>
  );
}

function Standing({ held: { reconciliation } }: { held: Held }) {
  const { bankBalance, bookBalance, unexplained, isReconciled } = reconciliation;
  return (
    <Card>
      <p>
        <Badge tone={isReconciled ? "good" : "warn"}>{isReconciled ? say.reconciled : say.differs}</Badge>
      </p>
      <Facts
        facts={[
          { name: say.bankBalance, is: bankBalance == null ? say.noBankBalance : rupiah(bankBalance) },
          { name: say.bookBalance, is: rupiah(bookBalance) },
          ...(unexplained ? [{ name: say.unexplained, is: rupiah(unexplained) }] : []),
        ]}
      />
    </Card>
  );
}

type Found = Tried & { lines: number; from: string; to: string; added: number; known: number; matched: number };
type StatementsProps = { accountId: string; accounting: Accounting; held: Held; onDone: () => Promise<void> };

function Statements({ accountId, accounting, held, onDone }: StatementsProps) {
  const [form, setForm] = useState("");
  const wishes = new URLSearchParams({ account: accountId, ...(form && { form }) });
  return (
    <>
      <p>{say.uploadHelp}</p>
      <Select label={say.form} onChange={setForm} value={form}>
        <option value="">{say.formByItself}</option>
        {accounting.bankTemplates.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </Select>
      <Upload<Found>
        accept=".csv,.xml,text/csv,application/xml"
        label={say.upload}
        onDone={onDone}
        pathOf={() => `/books/statements?${wishes}`}
        take={say.take}
      >
        {({ lines, from, to, added, known, matched }) => (
          <>
            {lines > 0 && <p>{say.found(lines, dateName(from), dateName(to))}</p>}
            <Facts
              facts={[
                { name: say.added, is: count(added) },
                { name: say.known, is: count(known) },
                { name: say.matched, is: count(matched) },
              ]}
            />
          </>
        )}
      </Upload>
      {held.bankStatements.length > 0 && <h2>{say.statements}</h2>}
      <Rows>
        {held.bankStatements.map(({ id, form: is, startsOn, endsOn, closing }) => (
          <li key={id}>
            <Row
              note={[is.toUpperCase(), closing != null && say.closing(rupiah(closing))].filter(Boolean).join(" · ")}
              title={say.between(dateName(startsOn), dateName(endsOn))}
            />
          </li>
        ))}
      </Rows>
    </>
  );
}

type UnmatchedProps = {
  held: Held;
  accountId: string;
  accounts: readonly Account[];
  cooperative: Cooperative;
  onDone: () => Promise<void>;
};

function Unmatched({ held: { bankStatements, reconciliation }, ...more }: UnmatchedProps) {
  const [openId, setOpenId] = useState<string>();
  const { lines, entries } = reconciliation;
  const open = lines.find(({ line }) => line.id === openId);
  return (
    <div class="stack">
      <h2>{say.atBank}</h2>
      {lines.length === 0 && <p>{bankStatements.length ? say.noneAtBank : say.noStatement}</p>}
      <Rows>
        {lines.map(({ line, suggestions }) => (
          <li key={line.id}>
            <Row
              end={rupiah(line.amount)}
              note={`${dateName(line.bookedOn)} · ${suggestions.length ? say.likely : say.unknown}`}
              onPress={() => setOpenId(line.id)}
              title={line.description}
            />
          </li>
        ))}
      </Rows>
      <h2>{say.inBook}</h2>
      {entries.length === 0 && <p>{say.noneInBook}</p>}
      <Rows>
        {entries.map((entry) => (
          <li key={keyOf(entry)}>
            <Row end={rupiah(movedBy(entry))} note={dateName(entry.day)} title={entryName(entry)} />
          </li>
        ))}
      </Rows>
      {open && (
        <LineSheet
          {...more}
          entries={entries}
          line={open}
          onClose={() => setOpenId(undefined)}
          onDone={async () => {
            setOpenId(undefined);
            await more.onDone();
          }}
        />
      )}
    </div>
  );
}
