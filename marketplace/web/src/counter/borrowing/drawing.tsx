import { thing } from "../../ground/client";
import { dateName, today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AnswerBorrowingDrawDocument, DrawBorrowingDocument } from "../api";
import type { Borrowing, Changing } from "./borrowings";
import { say } from "./words";

type Shown = Changing & { borrowing: Borrowing };

/** Whether what was agreed came in by parts, or will. */
export function isInParts({ amount, drawn, draws }: Borrowing): boolean {
  return drawn < amount || draws.some(({ state }) => state === "RUNNING");
}

/** What came in after the first part of an agreed loan; the rest, recorded as it comes, with a second officer's word. */
export function Drawing({ borrowing, onChanged }: Shown) {
  const { amount, drawn, draws, state } = borrowing;
  const waiting = draws.find((draw) => draw.state === "PROPOSED");
  const booked = draws.filter((draw) => draw.state === "RUNNING");
  return (
    <>
      {booked.map((draw) => (
        <p key={draw.bankReference + draw.receivedOn}>
          {say.part(rupiah(draw.amount), dateName(draw.receivedOn), draw.bankReference)}
        </p>
      ))}
      {waiting && <Waiting borrowing={borrowing} draw={waiting} onChanged={onChanged} />}
      {state === "RUNNING" && !waiting && drawn < amount && <Recording borrowing={borrowing} onChanged={onChanged} />}
    </>
  );
}

function Waiting({ borrowing: { id }, draw, onChanged }: Shown & { draw: Borrowing["draws"][number] }) {
  const answer = (isAgreed: boolean) => async () =>
    thing((await ask(AnswerBorrowingDrawDocument, { input: { id, isAgreed } })).answerBorrowingDraw);
  return (
    <>
      <p>{say.partWaits(rupiah(draw.amount), dateName(draw.receivedOn), draw.bankReference)}</p>
      <div class="beside">
        <Act label={say.agreePart} onDo={answer(true)} onDone={onChanged} />
        <Act label={say.withdrawPart} look="danger" onDo={answer(false)} onDone={onChanged} />
      </div>
    </>
  );
}

function Recording({ borrowing: { id, amount, drawn }, onChanged }: Shown) {
  return (
    <Act
      fields={[
        { name: "amount", label: say.amount, hint: say.leftToDraw(rupiah(amount - drawn)), type: "amount" },
        { name: "receivedOn", label: say.receivedOn, type: "date", start: today() },
        { name: "bankReference", label: say.bankReference, most: 60 },
      ]}
      help={say.recordHelp}
      isWide
      label={say.draw}
      onDo={async (told, idempotencyKey) => {
        const input = { id, ...told, amount: numberIn(told.amount) ?? 0, idempotencyKey };
        thing((await ask(DrawBorrowingDocument, { input })).drawBorrowing);
      }}
      onDone={onChanged}
    />
  );
}
