import { count } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Facts } from "../../ground/parts/facts";
import { Sums } from "../../ground/parts/sums";
import { type ToldRow, ToldRows } from "../told-rows";
import type { Tried } from "../upload";
import { Proof, type Proved } from "./proof";
import { say, sheetNames } from "./words";

/** What the node read in a set of sheets, and whether its sums are the books'. */
export type Found = Tried & {
  isProved: boolean;
  wasDone: boolean;
  members?: number;
  savings?: number;
  deposits?: number;
  loans?: number;
  items?: number;
  opening?: { debits: number; credits: number } | null;
  proof?: readonly Proved[];
  notes: readonly ToldRow[];
};

/** How much each sheet brings; nothing of those that the file hasn't. */
const COUNTED = ["members", "savings", "deposits", "loans", "items"] as const;

/** What a file holds before anything is written: its rows, the control totals, and each account held against the books. */
export function FoundInFile({ found }: { found: Found }) {
  const { isProved, wasDone, opening, proof = [], notes } = found;
  if (wasDone) return <p>{say.wasDone}</p>;
  return (
    <>
      <p>
        <Badge tone={isProved ? "good" : "bad"}>{isProved ? say.proved : say.notProved}</Badge>
      </p>
      <h3>{say.read}</h3>
      <Facts
        facts={COUNTED.flatMap((kind) => {
          const n = found[kind];
          return n ? [{ name: say[kind], is: count(n) }] : [];
        })}
      />
      {opening && <Balances {...opening} />}
      {proof.length > 0 && (
        <>
          <h3>{say.proof}</h3>
          <p>{say.proofHelp}</p>
          <Proof proof={proof} />
        </>
      )}
      {notes.length > 0 && (
        <>
          <h3>{say.notes(notes.length)}</h3>
          <ToldRows nameOf={(sheet) => named(sheetNames, sheet)} told={notes} />
        </>
      )}
    </>
  );
}

/** The two sides of the opening balances, which are one sum. */
function Balances({ debits, credits }: { debits: number; credits: number }) {
  return (
    <>
      <h3>{sheetNames.neraca_saldo}</h3>
      <Sums
        sums={[
          { name: say.debits, amount: debits },
          { name: say.credits, amount: credits },
          { name: say.difference, amount: debits - credits, isTotal: true },
        ]}
      />
    </>
  );
}
