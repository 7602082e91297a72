import type { LoanLineFragment } from "../api";
import { rupiah } from "../figures";
import { named } from "../language";
import { Badge } from "../parts/badge";
import { Row } from "../parts/row";
import { loanStates } from "../values";
import { say } from "./words";

/** Where a loan stands, or how many days it is late. */
export function LoanBadge({ loan: { daysLate, state } }: { loan: Pick<LoanLineFragment, "daysLate" | "state"> }) {
  return (
    <Badge tone={daysLate > 0 ? "bad" : "calm"}>{daysLate > 0 ? say.late(daysLate) : named(loanStates, state)}</Badge>
  );
}

type LoanRowProps = {
  loan: LoanLineFragment;
  title: string;
  href: string;
  /** Told before its amount. */
  about?: string | undefined;
};

/** A loan in a list: what was lent and what is left of it, and how it stands. */
export function LoanRow({ loan, title, href, about }: LoanRowProps) {
  const left = loan.number && say.left(rupiah(loan.outstanding));
  return (
    <Row
      end={<LoanBadge loan={loan} />}
      href={href}
      note={[about, rupiah(loan.amount), left].filter(Boolean).join(" · ")}
      title={title}
    />
  );
}
