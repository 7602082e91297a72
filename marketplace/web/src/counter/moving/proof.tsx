import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { say, sheetNames } from "./words";

/** An account that a sheet tells apart: what the sheet's rows sum to, and what the books say of the same. */
export type Proved = { account: string; sheet: string; rows: number; total: number; books: number };

/** Each account with the sum of its sheet beside the books', and whether the two are one. */
export function Proof({ proof }: { proof: readonly Proved[] }) {
  return (
    <ul class="stack">
      {proof.map(({ account, sheet, rows, total, books }) => (
        <li key={account}>
          <div class="apart">
            <strong>{account}</strong>
            <span>
              <Badge tone={total === books ? "good" : "bad"}>{total === books ? say.agrees : say.differs}</Badge>
            </span>
          </div>
          <div class="apart">
            <span>{say.rowsOf(rows, named(sheetNames, sheet))}</span>
            <span>{rupiah(total)}</span>
          </div>
          <div class="apart">
            <span>{say.inBooks}</span>
            <span>{rupiah(books)}</span>
          </div>
          {total !== books && (
            <div class="apart">
              <span>{say.difference}</span>
              <strong>{rupiah(total - books)}</strong>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
