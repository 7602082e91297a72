import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Facts } from "../../ground/parts/facts";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { accountName } from "../account-name";
import { Act } from "../act";
import { BookLineDocument, type EntryFragment, MatchLinesDocument, PayDuesFromLineDocument } from "../api";
import { entryName } from "../entry-name";
import { MemberSearch } from "../member-search";
import type { Cooperative } from "../with-cooperative";
import type { Account, AtBank } from "./bank";
import { keyOf, likeliest, movedBy } from "./entries";
import { say } from "./words";

type LineSheetProps = Ending & {
  line: AtBank;
  entries: readonly EntryFragment[];
  accountId: string;
  accounts: readonly Account[];
  cooperative: Cooperative;
};

/** One line of the bank's that the book doesn't explain: which entries it is, or what is booked for it. */
export function LineSheet(props: LineSheetProps) {
  const { line: atBank, accounts, cooperative, onClose, onDone } = props;
  const { line } = atBank;
  const intent = useIntent();
  const payDues = async ({ id: membershipId }: { id: string }) => {
    const wanted = { lineId: line.id, membershipId };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(PayDuesFromLineDocument, { input })).payDuesFromBankLine);
    intent.settle();
    toast(say.matchedNow);
    await onDone();
  };
  return (
    <Sheet onClose={onClose} title={line.description}>
      <Facts
        facts={[
          { name: line.amount > 0 ? say.incoming : say.outgoing, is: rupiah(Math.abs(line.amount)), isLarge: true },
          { name: say.on, is: dateName(line.bookedOn) },
          ...(line.reference ? [{ name: say.reference, is: line.reference }] : []),
        ]}
      />
      <Matching {...props} />
      <Act
        fields={[
          {
            name: "accountId",
            label: say.against,
            options: accounts
              .filter(({ takesVouchers }) => takesVouchers)
              .map((account) => ({ value: account.id, name: accountName(account) })),
          },
          { name: "description", label: say.description, start: line.description.slice(0, 200), most: 200 },
        ]}
        help={say.bookHelp}
        isWide
        label={say.book}
        look="quiet"
        onDo={async (told, idempotencyKey) =>
          thing((await ask(BookLineDocument, { input: { lineId: line.id, ...told, idempotencyKey } })).bookBankLine)
        }
        onDone={onDone}
      />
      {line.amount > 0 && <MemberSearch label={say.dues} onChoose={payDues} slug={cooperative.slug} />}
    </Sheet>
  );
}

function Matching({ line: atBank, entries, accountId, onDone }: LineSheetProps) {
  const { line, suggestions } = atBank;
  const listed = likeliest(line.amount, suggestions, entries);
  const [chosen, setChosen] = useState<readonly string[]>(suggestions.slice(0, 1).map(keyOf));
  const taken = listed.filter((entry) => chosen.includes(keyOf(entry)));
  const sum = taken.reduce((all, entry) => all + movedBy(entry), 0);
  const intent = useIntent();
  const matching = useDoing(async () => {
    const wanted = {
      accountId,
      lineIds: [line.id],
      entries: taken.map(({ causeKind, cause }) => ({ causeKind, cause })),
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(MatchLinesDocument, { input })).matchBankLines);
    intent.settle();
    toast(say.matchedNow);
    await onDone();
  });
  if (!listed.length) return <p>{say.noEntries}</p>;
  const choose = (key: string, isOn: boolean) =>
    setChosen(isOn ? [...chosen, key] : chosen.filter((each) => each !== key));
  return (
    <>
      <Choices about={say.sameAs}>
        {listed.map((entry) => (
          <Choice
            group="entries"
            isChosen={chosen.includes(keyOf(entry))}
            key={keyOf(entry)}
            label={
              <>
                {entryName(entry)}
                <br />
                <small>{[dateName(entry.day), entry.voucherNumber].filter(Boolean).join(" · ")}</small>
              </>
            }
            note={rupiah(movedBy(entry))}
            onChoose={(isOn) => choose(keyOf(entry), isOn)}
            type="checkbox"
          />
        ))}
      </Choices>
      <p role="status">{say.chosen(rupiah(sum), rupiah(line.amount))}</p>
      <Trouble refused={matching.refused} />
      <Button isBusy={matching.isRunning} isDisabled={sum !== line.amount} isWide onPress={() => void matching.run()}>
        {say.match}
      </Button>
    </>
  );
}
