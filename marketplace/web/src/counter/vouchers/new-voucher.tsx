import { Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { Button, IconButton } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Select } from "../../ground/parts/select";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { accountName } from "../account-name";
import { ChartDocument, type ChartQuery, RecordVoucherDocument } from "../api";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { bookedOf, type Kind, type Line, sidesOf } from "./entry";
import { say, voucherKinds } from "./words";

type Account = NonNullable<
  NonNullable<NonNullable<ChartQuery["cooperative"]>["book"]>["accounting"]
>["chart"][number];
const KINDS = ["CASH_IN", "CASH_OUT", "MEMORIAL"] as const;
const EMPTY: Line = { accountId: "", amount: "", isDebit: true };

/** Write a voucher: money that came, money that went, or what moves between accounts. */
export default function NewVoucher() {
  return (
    <Page backTo="/loket/bukti" title={say.newVoucher}>
      <WithCooperative>{(cooperative) => <Typed cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function Typed({ cooperative }: { cooperative: Cooperative }) {
  const asked = useAsked(ChartDocument, { slug: cooperative.slug });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const chart = answer.cooperative?.book?.accounting?.chart ?? [];
        return <Form accounts={chart.filter(({ takesVouchers }) => takesVouchers)} cooperative={cooperative} />;
      }}
    </Loaded>
  );
}

function Form({ cooperative, accounts }: { cooperative: Cooperative; accounts: Account[] }) {
  const [kind, setKind] = useState<Kind>("CASH_OUT");
  const [bookedOn, setBookedOn] = useState(today());
  const [description, setDescription] = useState("");
  const [party, setParty] = useState("");
  const [cashId, setCashId] = useState(accounts.find(({ isCash }) => isCash)?.id ?? "");
  const [lines, setLines] = useState<Line[]>([EMPTY]);
  const intent = useIntent();
  const { route } = useLocation();
  const choose = (next: Kind) => {
    setKind(next);
    if (next === "MEMORIAL" && lines.length < 2) setLines([...lines, { ...EMPTY, isDebit: false }]);
  };
  const booked = bookedOf(kind, cashId, lines, numberIn);
  const { debits, credits } = sidesOf(booked ?? []);
  const recording = useDoing(async () => {
    if (!booked) return;
    const wanted = {
      cooperativeId: cooperative.id,
      kind,
      bookedOn,
      description: description.trim(),
      party: party.trim() || null,
      lines: booked,
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const voucher = thing((await ask(RecordVoucherDocument, { input })).recordVoucher);
    intent.settle();
    toast(voucher.state === "POSTED" ? say.voucherPosted : say.voucherWaits);
    route(`/loket/bukti/${encodeURIComponent(voucher.id)}`, true);
  });
  const { refused } = recording;
  return (
    <>
      <Chips isWrapped name={say.kind}>
        {KINDS.map((each) => (
          <Chip isOn={kind === each} key={each} onPress={() => choose(each)}>
            {voucherKinds[each]}
          </Chip>
        ))}
      </Chips>
      <Field
        label={say.bookedOn}
        onChange={setBookedOn}
        type="date"
        value={bookedOn}
        wrong={refused?.field("bookedOn")}
      />
      <Field
        label={say.description}
        most={200}
        onChange={setDescription}
        value={description}
        wrong={refused?.field("description")}
      />
      <Field label={say.party} most={100} onChange={setParty} value={party} wrong={refused?.field("party")} />
      {kind !== "MEMORIAL" && (
        <AccountSelect
          accounts={accounts.filter(({ isCash }) => isCash)}
          label={say.cashAccount}
          onChange={setCashId}
          value={cashId}
        />
      )}
      <h2>{say.lines}</h2>
      {lines.map((line, n) => (
        <LineCard
          accounts={kind === "MEMORIAL" ? accounts : accounts.filter(({ isCash }) => !isCash)}
          hasSides={kind === "MEMORIAL"}
          key={n}
          line={line}
          n={n + 1}
          onChange={(next) => setLines(lines.map((each, at) => (at === n ? next : each)))}
          onRemove={lines.length > 1 ? () => setLines(lines.filter((_, at) => at !== n)) : undefined}
        />
      ))}
      <Button icon={Plus} isWide look="quiet" onPress={() => setLines([...lines, EMPTY])}>
        {say.addLine}
      </Button>
      {debits !== credits && <p>{say.unequal(rupiah(debits), rupiah(credits))}</p>}
      <Trouble refused={refused} />
      <Button
        isBusy={recording.isRunning}
        isDisabled={!booked || debits !== credits || !description.trim()}
        isWide
        onPress={() => void recording.run()}
      >
        {say.recordVoucher} {debits > 0 && debits === credits && `· ${rupiah(debits)}`}
      </Button>
    </>
  );
}

type AccountSelectProps = { accounts: Account[]; label: string; value: string; onChange: (id: string) => void };

function AccountSelect({ accounts, label, value, onChange }: AccountSelectProps) {
  return (
    <Select label={label} onChange={onChange} value={value}>
      <option value="">{say.choose}</option>
      {accounts.map((account) => (
        <option key={account.id} value={account.id}>
          {accountName(account)}
        </option>
      ))}
    </Select>
  );
}

type LineCardProps = {
  accounts: Account[];
  line: Line;
  n: number;
  hasSides: boolean;
  onChange: (line: Line) => void;
  onRemove: (() => void) | undefined;
};

function LineCard({ accounts, line, n, hasSides, onChange, onRemove }: LineCardProps) {
  return (
    <Card about={say.line(n)}>
      <div class="apart">
        <h3>{say.line(n)}</h3>
        {onRemove && <IconButton icon={Trash2} name={say.removeLine(n)} onPress={onRemove} />}
      </div>
      <AccountSelect
        accounts={accounts}
        label={say.lineAccount(n)}
        onChange={(accountId) => onChange({ ...line, accountId })}
        value={line.accountId}
      />
      {hasSides && (
        <Chips isWrapped name={say.lineSide(n)}>
          <Chip isOn={line.isDebit} onPress={() => onChange({ ...line, isDebit: true })}>
            {common.debit}
          </Chip>
          <Chip isOn={!line.isDebit} onPress={() => onChange({ ...line, isDebit: false })}>
            {common.credit}
          </Chip>
        </Chips>
      )}
      <Field
        inputMode="numeric"
        label={say.lineAmount(n)}
        most={15}
        onChange={(amount) => onChange({ ...line, amount })}
        value={line.amount}
      />
    </Card>
  );
}
