import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import type { Ending } from "../../ground/parts/opener";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { type MatchedLineFragment, MatchedLinesDocument, UnmatchLineDocument } from "../api";
import { entryName } from "../entry-name";
import { say } from "./words";

type MatchedProps = { slug: string; accountId: string; onDone: () => Promise<void> };

/** The bank's lines that the book has; a match that was wrong is undone. */
export function Matched({ slug, accountId, onDone }: MatchedProps) {
  const { asked, nodes, more } = usePaged(
    MatchedLinesDocument,
    ({ cooperative }) => cooperative?.book?.accounting?.matchedBankLines,
    { slug, account: accountId },
  );
  const [openId, setOpenId] = useState<string>();
  const open = nodes.find(({ id }) => id === openId);
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          <h2>{say.done}</h2>
          {nodes.length === 0 && <p>{say.noneDone}</p>}
          <Rows>
            {nodes.map((line) => (
              <li key={line.id}>
                <Row
                  end={rupiah(line.amount)}
                  note={`${dateName(line.bookedOn)} · ${howOf(line)}`}
                  onPress={() => setOpenId(line.id)}
                  title={line.description}
                />
              </li>
            ))}
          </Rows>
          <More more={more} />
          {open && (
            <MatchSheet
              line={open}
              onClose={() => setOpenId(undefined)}
              onDone={async () => {
                setOpenId(undefined);
                await onDone();
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function howOf({ match }: MatchedLineFragment): string {
  return match?.isAutomatic ? say.byItself : say.byHand;
}

function MatchSheet({ line, onClose, onDone }: Ending & { line: MatchedLineFragment }) {
  const entries = line.match?.entries ?? [];
  return (
    <Sheet onClose={onClose} title={line.description}>
      <Facts
        facts={[
          { name: line.amount > 0 ? say.incoming : say.outgoing, is: rupiah(Math.abs(line.amount)), isLarge: true },
          { name: dateName(line.bookedOn), is: howOf(line) },
        ]}
      />
      <h3>{say.matchedWith}</h3>
      <Rows>
        {entries.map(({ causeKind, amount, voucher }, n) => (
          <li key={`${n}${causeKind}`}>
            <Row
              end={rupiah(amount)}
              note={voucher?.number}
              title={entryName({ causeKind, description: voucher?.description ?? null })}
            />
          </li>
        ))}
      </Rows>
      <Act
        fields={[{ name: "reason", label: say.undoReason, rows: 2, most: 300 }]}
        help={say.undoHelp}
        isWide
        label={say.undo}
        look="danger"
        onDo={async ({ reason }) =>
          thing((await ask(UnmatchLineDocument, { input: { lineId: line.id, reason } })).unmatchBankLine)
        }
        onDone={onDone}
      />
    </Sheet>
  );
}
