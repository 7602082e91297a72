import { ShieldCheck } from "lucide";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { day, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { DuesList } from "../../ground/parts/dues-list";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { Older } from "../../ground/parts/older";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { SignedIn } from "../../ground/signed-in";
import { dueWays } from "../../ground/values";
import { type DeskFragment, MemberDeskDocument, OlderReceiptsDocument, type ReceiptFragment } from "../api";
import { LeavingCard } from "../membership/leaving-card";
import { say as protection } from "../protection/words";
import { say as common } from "../words";
import { ReceiptSheet } from "./receipt-sheet";
import { SavingsCards } from "./savings-cards";
import { TakeDues } from "./take-dues";
import { say } from "./words";

/** A member at the counter: what he owes, saves, and paid lately. */
export default function MemberDesk() {
  const { params } = useRoute();
  const asked = useAsked(MemberDeskDocument, { id: params.id ?? "" });
  const member = asked.answer?.node?.__typename === "Membership" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket" isWide title={member?.account?.name || say.members}>
      <SignedIn>
        <Loaded asked={asked}>{() => member && <Standing member={member} onChanged={asked.again} />}</Loaded>
      </SignedIn>
    </Page>
  );
}

export type StandingProps = { member: DeskFragment; onChanged: () => Promise<void> };

function Standing({ member, onChanged }: StandingProps) {
  const [receipt, setReceipt] = useState<ReceiptFragment>();
  return (
    <div class="columns">
      <div class="stack">
        <DuesCard member={member} onChanged={onChanged} onPaid={setReceipt} />
        <SavingsCards member={member} onChanged={onChanged} onPaid={setReceipt} />
      </div>
      <div class="stack">
        <h2>{say.receipts}</h2>
        {member.duePayments.nodes.length ? (
          <Older
            document={OlderReceiptsDocument}
            first={member.duePayments}
            of={({ node }) => (node?.__typename === "Membership" ? node.duePayments : undefined)}
            variables={{ id: member.id }}
          >
            {(payments) => (
              <Rows>
                {payments.map((paid) => (
                  <li key={paid.id}>
                    <Row
                      end={rupiah(paid.amount)}
                      note={`${day(paid.receivedOn)} · ${named(dueWays, paid.way)}`}
                      onPress={() => setReceipt(paid)}
                      title={paid.number ? say.receiptNumber(paid.number) : say.receipt}
                    />
                  </li>
                ))}
              </Rows>
            )}
          </Older>
        ) : (
          <p>{say.noReceipts}</p>
        )}
        <Rows>
          <li>
            <Row
              href={`/loket/anggota/${encodeURIComponent(member.id)}/perlindungan`}
              note={protection.coveringNote}
              start={<Icon of={ShieldCheck} />}
              title={protection.covering}
            />
          </li>
        </Rows>
        <LeavingCard id={member.id} onChanged={onChanged} />
      </div>
      {receipt && (
        <ReceiptSheet
          name={member.account?.name || common.unnamed}
          onClose={() => setReceipt(undefined)}
          receipt={receipt}
        />
      )}
    </div>
  );
}

type Paying = StandingProps & { onPaid: (receipt: ReceiptFragment) => void };

function DuesCard({ member, onChanged, onPaid }: Paying) {
  return (
    <Card>
      <div class="apart">
        <h2>{say.owed}</h2>
        <strong>{rupiah(member.owed)}</strong>
      </div>
      <p>
        <Badge>{common.memberNumber(String(member.number ?? "–"))}</Badge>
      </p>
      <DuesList dues={member.dues.nodes} />
      <TakeDues dues={member.dues.nodes} membershipId={member.id} onChanged={onChanged} onPaid={onPaid} />
    </Card>
  );
}
