import { say } from "./words";

/** Something that the node told of a row of a file. */
export type ToldRow = { sheet?: string; line?: number; row?: number; column?: string; reason: string };

type ToldRowsProps = { told: readonly ToldRow[]; nameOf: (sheet: string) => string };

/** More than these are not read on a phone: who has mended them tries the file again. */
const MOST_SHOWN = 20;

/** What was told of a file's rows, each with where it stands. */
export function ToldRows({ told, nameOf }: ToldRowsProps) {
  return (
    <>
      <ul class="stack">
        {told.slice(0, MOST_SHOWN).map(({ sheet, line, row, column, reason }) => (
          <li key={`${sheet}${line ?? row}${column}${reason}`}>
            {[sheet && nameOf(sheet), (line ?? row) ? say.atLine(line ?? row ?? 0) : undefined, column]
              .filter(Boolean)
              .join(" · ")}
            <br />
            <small>{reason}</small>
          </li>
        ))}
      </ul>
      {told.length > MOST_SHOWN && <p>{say.andMore(told.length - MOST_SHOWN)}</p>}
    </>
  );
}
