import { rupiah } from "../../ground/figures";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Row, Rows } from "../../ground/parts/row";
import type { Change, Found } from "./list";
import { say } from "./words";

/** So many lines are shown: a page of more is not read on a phone. */
const MOST_SHOWN = 60;

/** What the node found in a list: what is wrong, row by row; else what is new, and what changes from what to what. */
export function FoundCard({ found, name }: { found: Found; name: string }) {
  const { created, changed, unchanged, refusedLines, refusals, things, unusedColumns } = found;
  const told = things.filter(({ isNew, changes }) => isNew || changes.length > 0);
  return (
    <>
      <Card>
        <h2>{say.look(name)}</h2>
        <Facts
          facts={[
            { name: say.isNew, is: say.things(created) },
            { name: say.isChanged, is: say.things(changed) },
            { name: say.unchanged, is: say.things(unchanged) },
            ...(refusedLines ? [{ name: say.wrong, is: say.rows(refusedLines) }] : []),
          ]}
        />
        {unusedColumns.length > 0 && <p>{say.unused(unusedColumns.join(", "))}</p>}
        {refusals.length > 0 && <p role="alert">{say.mend}</p>}
      </Card>
      {refusals.length > 0 ? (
        <Rows>
          {refusals.slice(0, MOST_SHOWN).map(({ line, column, reason }) => (
            <li key={`${line} ${column} ${reason}`}>
              <Row note={reason} title={say.row(line, column)} />
            </li>
          ))}
          {refusals.length > MOST_SHOWN && (
            <li>
              <Row title={say.moreWrong(refusals.length - MOST_SHOWN)} />
            </li>
          )}
        </Rows>
      ) : (
        told.length > 0 && (
          <Rows>
            {told.slice(0, MOST_SHOWN).map(({ line, title, price, isNew, changes }) => (
              <li key={line}>
                <Row
                  end={isNew ? <Badge tone="good">{say.isNew}</Badge> : <Badge>{say.isChanged}</Badge>}
                  note={isNew ? rupiah(price) : changes.map(changeOf).join("; ")}
                  title={title}
                />
              </li>
            ))}
            {told.length > MOST_SHOWN && (
              <li>
                <Row title={say.moreThings(told.length - MOST_SHOWN)} />
              </li>
            )}
          </Rows>
        )
      )}
    </>
  );
}

function changeOf({ column, variant, before, after }: Change): string {
  if (column === "varian") return say.newVariant(variant);
  if (column === "pilihan") return say.otherOptions;
  const shown = (text: string) => (column === "harga" ? rupiah(Number(text)) : text) || say.empty;
  const of = variant ? `${column} (${variant})` : column;
  return `${of}: ${say.to(shown(before), shown(after))}`;
}
