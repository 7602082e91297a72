import { FileText } from "lucide";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, today } from "../../ground/days";
import { count, rupiah } from "../../ground/figures";
import { send } from "../../ground/files";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { FilePicker } from "../../ground/parts/file-picker";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { shrunk } from "../../ground/photo";
import { account, ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { accountName } from "../account-name";
import { Act } from "../act";
import {
  ApproveVoucherDocument,
  OneVoucherDocument,
  type OneVoucherQuery,
  RefuseVoucherDocument,
  ReverseVoucherDocument,
} from "../api";
import { say as common } from "../words";
import { VoucherBadge } from "./voucher-badge";
import { say, voucherKinds } from "./words";

type Voucher = Extract<NonNullable<OneVoucherQuery["node"]>, { __typename: "Voucher" }>;
type Line = Voucher["lines"][number];
type Shown = { voucher: Voucher; onChanged: () => Promise<void> };

/** One voucher: what it books, its receipts, and a second officer's answer. */
export default function VoucherPage() {
  const { params } = useRoute();
  const asked = useAsked(OneVoucherDocument, { id: params.id ?? "" });
  const voucher = asked.answer?.node?.__typename === "Voucher" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket/bukti" isWide title={voucher?.number ? say.voucherTitle(voucher.number) : say.unnumbered}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            voucher && (
              <div class="columns">
                <Booked voucher={voucher} />
                <div class="stack">
                  <Attachments onChanged={asked.again} voucher={voucher} />
                  {voucher.state === "PROPOSED" && <Answer onChanged={asked.again} voucher={voucher} />}
                  {voucher.state === "POSTED" && !voucher.reverses && !voucher.reversedBy && (
                    <Reverse onChanged={asked.again} voucher={voucher} />
                  )}
                </div>
              </div>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

/** As a voucher is written: what is debited above what is credited. */
function debitsFirst(lines: readonly Line[]): Line[] {
  return [...lines.filter(({ debit }) => debit), ...lines.filter(({ debit }) => !debit)];
}

function Booked({ voucher }: { voucher: Voucher }) {
  const approvers = [voucher.approvedBy, voucher.secondApprovedBy]
    .flatMap((officer) => (officer && officer.id !== voucher.proposedBy?.id ? [officer.name] : []))
    .join(", ");
  return (
    <Card>
      <div class="apart">
        <h2>{voucher.description}</h2>
        <span>
          <VoucherBadge voucher={voucher} />
        </span>
      </div>
      {voucher.reason && <p>{voucher.reason}</p>}
      <Facts
        facts={[
          { name: named(voucherKinds, voucher.kind), is: rupiah(voucher.total), isLarge: true },
          { name: say.bookedOn, is: dateName(voucher.bookedOn) },
          ...(voucher.party ? [{ name: say.party, is: voucher.party }] : []),
          ...(voucher.proposedBy ? [{ name: say.proposedBy, is: voucher.proposedBy.name || common.unnamed }] : []),
          ...(approvers ? [{ name: say.approvedBy, is: approvers }] : []),
        ]}
      />
      {[
        { name: say.reverses, other: voucher.reverses },
        { name: say.reversedBy, other: voucher.reversedBy },
      ].map(
        ({ name, other }) =>
          other && (
            <p key={name}>
              {name} <a href={`/loket/bukti/${encodeURIComponent(other.id)}`}>{other.number ?? say.unnumbered}</a>
            </p>
          ),
      )}
      <ul class="stack">
        {debitsFirst(voucher.lines).map(({ account: booked, debit, credit, memo }, n) => (
          <li class="apart" key={`${n}${booked.id}`}>
            <span>
              {accountName(booked)}
              {memo && (
                <>
                  <br />
                  <small>{memo}</small>
                </>
              )}
            </span>
            <span>
              <small>{debit ? common.debit : common.credit}</small> {rupiah(debit || credit)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const LONGEST_PIXELS = 1600;

function Attachments({ voucher, onChanged }: Shown) {
  const attaching = useDoing(async (file: File) => {
    const body = file.type.startsWith("image/") ? await shrunk(file, LONGEST_PIXELS, 0.8) : file;
    await send(`/books/attachments?${new URLSearchParams({ voucher: voucher.id, name: file.name })}`, body);
    toast(say.attached);
    await onChanged();
  });
  return (
    <Card>
      <h2>{say.attachments}</h2>
      {voucher.attachments.length === 0 && <p>{say.noAttachments}</p>}
      {voucher.attachments.map(({ id, name, size, url }) => (
        <FileButton icon={FileText} key={id} look="plain" path={url}>
          {name} · {say.sizeKb(count(Math.max(1, Math.round(size / 1000))))}
        </FileButton>
      ))}
      <Trouble refused={attaching.refused} />
      <FilePicker
        accept="image/*,application/pdf"
        isBusy={attaching.isRunning}
        label={say.attach}
        onPick={(file) => void attaching.run(file)}
      />
    </Card>
  );
}

function Reverse({ voucher: { id }, onChanged }: Shown) {
  return (
    <Act
      fields={[
        { name: "bookedOn", label: say.reverseOn, type: "date", start: today() },
        { name: "reason", label: say.why, rows: 2, most: 200 },
      ]}
      help={say.reverseHelp}
      isWide
      label={say.reverse}
      look="quiet"
      onDo={async (told, idempotencyKey) =>
        thing((await ask(ReverseVoucherDocument, { input: { id, ...told, idempotencyKey } })).reverseVoucher)
      }
      onDone={onChanged}
    />
  );
}

function Answer({ voucher, onChanged }: Shown) {
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const intent = useIntent();
  const approving = useDoing(async () => {
    const input = { id: voucher.id };
    thing(
      (await ask(ApproveVoucherDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).approveVoucher,
    );
    intent.settle();
    toast(say.approved);
    await onChanged();
  });
  const refusing = useDoing(async () => {
    thing((await ask(RefuseVoucherDocument, { input: { id: voucher.id, reason: reason.trim() } })).refuseVoucher);
    setRefusing(false);
    toast(say.refused);
    await onChanged();
  });
  const isOwn = voucher.proposedBy?.id === account.value?.id;
  return (
    <Card>
      <p>{say.voucherWaits}</p>
      <Trouble refused={approving.refused} />
      {!isOwn && (
        <Button isBusy={approving.isRunning} isWide onPress={() => void approving.run()}>
          {say.approveVoucher}
        </Button>
      )}
      <Button isWide look="danger" onPress={() => setRefusing(true)}>
        {common.refuse}
      </Button>
      {isRefusing && (
        <Sheet onClose={() => setRefusing(false)} title={common.refuse}>
          <Field
            label={say.why}
            most={300}
            onChange={setReason}
            rows={3}
            value={reason}
            wrong={refusing.refused?.field("reason")}
          />
          <Trouble refused={refusing.refused} />
          <Button
            isBusy={refusing.isRunning}
            isDisabled={!reason.trim()}
            isWide
            look="danger"
            onPress={() => void refusing.run()}
          >
            {common.refuse}
          </Button>
        </Sheet>
      )}
    </Card>
  );
}
