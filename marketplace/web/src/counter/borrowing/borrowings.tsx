import { Landmark } from "lucide";
import { thing } from "../../ground/client";
import { dateName, today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { interestMethods } from "../../ground/values";
import { Act } from "../act";
import {
  AnswerBorrowingDocument,
  BorrowingsDocument,
  type BorrowingsQuery,
  PayBorrowingDocument,
  RecordBorrowingDocument,
  type RecordBorrowingMutationVariables,
} from "../api";
import { percent, rateIn } from "../rate";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { Drawing, isInParts } from "./drawing";
import { borrowingStates, lenders, say } from "./words";

export type Borrowing = NonNullable<BorrowingsQuery["cooperative"]>["borrowings"]["nodes"][number];
type Recorded = RecordBorrowingMutationVariables["input"];
export type Changing = { onChanged: () => Promise<void> };

/** What the co-op itself owes: LPDB's, a bank's, another co-op's. */
export default function Borrowings() {
  return (
    <Page backTo="/loket/pinjaman" title={say.title}>
      <WithCooperative>{({ id, slug }) => <All cooperativeId={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function All({ cooperativeId, slug }: { cooperativeId: string; slug: string }) {
  const { asked, nodes, more } = usePaged(BorrowingsDocument, ({ cooperative }) => cooperative?.borrowings, { slug });
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          <Recording cooperativeId={cooperativeId} onChanged={asked.again} />
          {nodes.length === 0 && (
            <Empty icon={Landmark} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          )}
          {nodes.map((borrowing) => (
            <BorrowingCard borrowing={borrowing} key={borrowing.id} onChanged={asked.again} />
          ))}
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

function Recording({ cooperativeId, onChanged }: Changing & { cooperativeId: string }) {
  return (
    <Act
      fields={[
        {
          name: "lender",
          label: say.lender,
          options: (["LPDB", "BANK", "COOPERATIVE", "OTHER"] as const).map((value) => ({
            value,
            name: lenders[value],
          })),
        },
        { name: "lenderName", label: say.lenderName, most: 120 },
        { name: "reference", label: say.reference, most: 60 },
        { name: "amount", label: say.amount, type: "amount" },
        { name: "firstDrawn", label: say.firstDrawn, hint: say.firstDrawnHint, type: "amount", isOptional: true },
        { name: "months", label: say.months, type: "amount" },
        {
          name: "method",
          label: say.method,
          start: "ANNUITY",
          options: (["ANNUITY", "DECLINING", "FLAT"] as const).map((value) => ({
            value,
            name: interestMethods[value],
          })),
        },
        { name: "rate", label: common.rateTyped, hint: common.rateHint },
        { name: "receivedOn", label: say.receivedOn, type: "date", start: today() },
      ]}
      help={say.recordHelp}
      isWide
      label={say.record}
      onDo={async ({ lender, method, amount, firstDrawn, months, rate, ...told }, idempotencyKey) => {
        const input: Recorded = {
          cooperativeId,
          ...told,
          lender: lender as Recorded["lender"],
          method: method as Recorded["method"],
          amount: numberIn(amount) ?? 0,
          firstDrawn: numberIn(firstDrawn) ?? null,
          months: numberIn(months) ?? 0,
          rate: rateIn(rate) ?? -1,
          idempotencyKey,
        };
        thing((await ask(RecordBorrowingDocument, { input })).recordBorrowing);
      }}
      onDone={onChanged}
    />
  );
}

function BorrowingCard({ borrowing, onChanged }: Changing & { borrowing: Borrowing }) {
  const { lender, lenderName, reference, amount, drawn, months, rate, state, outstanding, onLent } = borrowing;
  const next = borrowing.instalments.find(({ paidOn }) => !paidOn);
  const facts = [
    ...(isInParts(borrowing)
      ? [
          {
            name: state === "PROPOSED" ? say.recordedAsDrawn : say.drawn,
            is: say.drawnOf(rupiah(drawn), rupiah(amount)),
          },
        ]
      : []),
    ...(state === "RUNNING"
      ? [
          { name: say.outstanding, is: rupiah(outstanding) },
          {
            name: say.onLent,
            is: onLent.loans ? say.onLentTo(rupiah(onLent.outstanding), onLent.loans) : say.onLentToNobody,
          },
        ]
      : []),
    ...(state === "RUNNING" && next
      ? [{ name: say.next, is: say.instalment(rupiah(next.principal + next.interest), dateName(next.dueOn)) }]
      : []),
  ];
  return (
    <Card about={`${lenderName}, ${rupiah(amount)}`}>
      <div class="apart">
        <h2>{lenderName}</h2>
        <span>
          <Badge tone={state === "PROPOSED" ? "warn" : "calm"}>{named(borrowingStates, state)}</Badge>
        </span>
      </div>
      <p>
        {named(lenders, lender)} · {reference}
      </p>
      <p>{say.terms(rupiah(amount), months, percent(rate))}</p>
      {facts.length > 0 && <Facts facts={facts} />}
      <Drawing borrowing={borrowing} onChanged={onChanged} />
      <Steps borrowing={borrowing} onChanged={onChanged} />
    </Card>
  );
}

function Steps({ borrowing: { id, state }, onChanged }: Changing & { borrowing: Borrowing }) {
  const answer = (isAgreed: boolean) => async () =>
    thing((await ask(AnswerBorrowingDocument, { input: { id, isAgreed } })).answerBorrowing);
  if (state === "PROPOSED") {
    return (
      <div class="beside">
        <Act label={say.agree} onDo={answer(true)} onDone={onChanged} />
        <Act label={say.withdraw} look="danger" onDo={answer(false)} onDone={onChanged} />
      </div>
    );
  }
  if (state !== "RUNNING") return null;
  return (
    <Act
      fields={[
        { name: "paidOn", label: say.paidOn, type: "date", start: today() },
        { name: "bankReference", label: say.bankReference, most: 60 },
      ]}
      isWide
      label={say.pay}
      look="quiet"
      onDo={async (told, idempotencyKey) =>
        thing((await ask(PayBorrowingDocument, { input: { id, ...told, idempotencyKey } })).payBorrowing)
      }
      onDone={onChanged}
    />
  );
}
