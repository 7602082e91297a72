import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import type { VoucherInListFragment } from "../api";
import { STATE_TONES, say, voucherStates } from "./words";

/** Where a voucher stands; one that another took back is booked no more. */
export function VoucherBadge({ voucher }: { voucher: Pick<VoucherInListFragment, "state" | "reversedBy"> }) {
  const { state, reversedBy } = voucher;
  if (reversedBy) return <Badge tone="warn">{say.reversed}</Badge>;
  return <Badge tone={STATE_TONES[state]}>{named(voucherStates, state)}</Badge>;
}
