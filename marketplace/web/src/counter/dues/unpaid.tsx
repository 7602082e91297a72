import { CircleCheck } from "lucide";
import { useState } from "preact/hooks";
import { dayOf, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { grouped } from "../../ground/grouped";
import { usePaged } from "../../ground/paged";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { DuesList } from "../../ground/parts/dues-list";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { type ReceiptFragment, UnpaidDuesDocument, type UnpaidDuesQuery } from "../api";
import { ReceiptSheet } from "../desk/receipt-sheet";
import { TakeDues } from "../desk/take-dues";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

type Due = NonNullable<UnpaidDuesQuery["cooperative"]>["dues"]["nodes"][number];
type Receipt = { receipt: ReceiptFragment; name: string };

/** What members have not paid by its day, or will owe by the month's end, and the cash for it. */
export default function Unpaid() {
  return (
    <Page backTo="/loket/urusan" title={say.title}>
      <WithCooperative>{({ slug }) => <By slug={slug} />}</WithCooperative>
    </Page>
  );
}

function By({ slug }: { slug: string }) {
  const [isMonth, setMonth] = useState(false);
  const [receipt, setReceipt] = useState<Receipt>();
  return (
    <>
      <p>{say.help}</p>
      <Chips name={say.title}>
        <Chip isOn={!isMonth} onPress={() => setMonth(false)}>
          {say.late}
        </Chip>
        <Chip isOn={isMonth} onPress={() => setMonth(true)}>
          {say.thisMonth}
        </Chip>
      </Chips>
      <List dueBy={isMonth ? endOfMonth() : today()} onPaid={setReceipt} slug={slug} />
      {receipt && <ReceiptSheet {...receipt} onClose={() => setReceipt(undefined)} />}
    </>
  );
}

function endOfMonth(): string {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth() + 1, 0));
}

type ListProps = { slug: string; dueBy: string; onPaid: (receipt: Receipt) => void };

function List({ slug, dueBy, onPaid }: ListProps) {
  const { asked, nodes, more } = usePaged(UnpaidDuesDocument, ({ cooperative }) => cooperative?.dues, {
    slug,
    dueBy,
  });
  const members = [...grouped(nodes, ({ id, member }) => member?.id ?? id).values()];
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          {members.length === 0 && (
            <Empty icon={CircleCheck} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          )}
          {members.map((dues) => (
            <MemberCard dues={dues} key={dues[0].id} onChanged={asked.again} onPaid={onPaid} />
          ))}
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

type MemberCardProps = Pick<ListProps, "onPaid"> & { dues: [Due, ...Due[]]; onChanged: () => Promise<void> };

function MemberCard({ dues, onChanged, onPaid }: MemberCardProps) {
  const { member } = dues[0];
  if (!member) return null;
  const name = member.account?.name || common.unnamed;
  return (
    <Card about={name}>
      <div class="apart">
        <h2>{name}</h2>
        <strong>{rupiah(dues.reduce((all, due) => all + due.outstanding, 0))}</strong>
      </div>
      <p>{common.memberNumber(String(member.number ?? "–"))}</p>
      <DuesList dues={dues} />
      <TakeDues
        dues={dues}
        membershipId={member.id}
        onChanged={onChanged}
        onPaid={(receipt) => onPaid({ receipt, name })}
      />
      <ButtonLink href={`/loket/anggota/${encodeURIComponent(member.id)}`} isWide look="plain">
        {say.open}
      </ButtonLink>
    </Card>
  );
}
