import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useDoing, useIntent } from "../../ground/asking";
import { numberIn, rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Select } from "../../ground/parts/select";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import type { LoanOfferFragment } from "../api";
import type { Membership } from "../with-membership";
import { say as common } from "../words";
import { Deduction } from "./deduction";
import { say } from "./words";

/** Of an offer that allows more, so many months are proposed. */
const USUAL_MONTHS = 12;

/** For how long an offer is proposed. */
export function usualMonths({ leastMonths, mostMonths }: LoanOfferFragment): number {
  return Math.max(leastMonths, Math.min(USUAL_MONTHS, mostMonths));
}

/** What every application says beside what it is for. */
type Terms = { productId: string; months: number; reason: string; guarantors: number[] };

type ApplicationProps<Wanted extends object> = {
  membership: Membership;
  offer: LoanOfferFragment;
  months: number;
  onMonths: (months: number) => void;
  /** What is lent; null: not known, or more or less than may be. */
  amount: number | null;
  /** What it costs, under what was asked. */
  cost: ComponentChildren;
  /** What it is lent for, as the API takes it. */
  wanted: Wanted;
  onSend: (input: Wanted & Terms & { idempotencyKey: string }) => Promise<{ id: string }>;
};

/** The part that all applications have: how long, why, who stands behind it, what it costs, and the button that sends it. */
export function Application<Wanted extends object>(props: ApplicationProps<Wanted>) {
  const { membership, offer, months, onMonths, amount, cost, wanted, onSend } = props;
  const { route } = useLocation();
  const [reason, setReason] = useState("");
  const [numbers, setNumbers] = useState<readonly string[]>(Array(offer.guarantors).fill(""));
  const intent = useIntent();
  const guarantors = numbers.flatMap((typed) => numberIn(typed) ?? []);
  const sending = useDoing(async () => {
    const input = { ...wanted, productId: offer.id, months, reason: reason.trim(), guarantors };
    const { id } = await onSend({ ...input, idempotencyKey: intent.key(input) });
    intent.settle();
    toast(say.sent);
    route(`/anggota/pinjaman/${encodeURIComponent(id)}`, true);
  });
  const isWhole = amount !== null && reason.trim() && guarantors.length === offer.guarantors;
  const wrong = (path: string) => sending.refused?.field(path);
  return (
    <>
      <Select
        label={say.howLong}
        onChange={(chosen) => onMonths(Number(chosen))}
        value={String(months)}
        wrong={wrong("months")}
      >
        {monthsOf(offer).map((n) => (
          <option key={n} value={n}>
            {common.months(n)}
          </option>
        ))}
      </Select>
      <Field label={say.what} most={300} onChange={setReason} rows={2} value={reason} wrong={wrong("reason")} />
      {numbers.map((typed, at) => (
        <Field
          hint={say.guarantorHelp}
          inputMode="numeric"
          key={at}
          label={say.guarantorNumber(at + 1)}
          most={9}
          onChange={(text) => setNumbers(numbers.map((other, place) => (place === at ? text : other)))}
          value={typed}
          wrong={wrong("guarantors")}
        />
      ))}
      {cost}
      <Deduction membership={membership} />
      <Trouble refused={sending.refused} />
      <Button isBusy={sending.isRunning} isDisabled={!isWhole} isWide onPress={() => void sending.run()}>
        {amount === null ? say.apply : say.send(rupiah(amount))}
      </Button>
    </>
  );
}

function monthsOf({ leastMonths, mostMonths }: LoanOfferFragment): number[] {
  return Array.from({ length: mostMonths - leastMonths + 1 }, (_, n) => leastMonths + n);
}
