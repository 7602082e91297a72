import { BookOpen } from "lucide";
import { useRoute } from "preact-iso";
import { thing } from "../ground/client";
import { day, dayWithin, hundredths, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { AmountSheet } from "../ground/parts/amount-sheet";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { FileButton } from "../ground/parts/file-button";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Opener } from "../ground/parts/opener";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { toast } from "../ground/parts/toast";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { savingsKinds } from "../ground/values";
import { AskWithdrawalDocument, PassbookDocument, type PassbookQuery } from "./api";
import { Deposit } from "./saving/deposit";
import { Interest } from "./saving/interest";
import { say } from "./words";

export type Account = Extract<NonNullable<PassbookQuery["node"]>, { __typename: "SavingsAccount" }>;

function accountOf({ node }: PassbookQuery): Account | undefined {
  return node?.__typename === "SavingsAccount" ? node : undefined;
}

/** One savings account, line by line. */
export default function Passbook() {
  const { params } = useRoute();
  const { asked, nodes, more } = usePaged(PassbookDocument, (answer) => accountOf(answer)?.passbook, {
    id: params.id ?? "",
  });
  return (
    <Page backTo="/anggota" title={say.passbook}>
      <SignedIn>
        <Loaded asked={asked}>
          {(answer) => {
            const account = accountOf(answer);
            if (!account) return <Empty icon={BookOpen} title={say.noLines} />;
            return (
              <>
                <Top account={account} onChanged={asked.again} />
                <Interest account={account} />
                <h2>{say.entries}</h2>
                {nodes.length ? (
                  <Rows>
                    {nodes.map((line) => (
                      <li key={line.at + line.words}>
                        <Row
                          end={rupiah(line.amount)}
                          note={`${day(line.day)} · ${say.holds(rupiah(line.balance))}`}
                          title={line.words}
                        />
                      </li>
                    ))}
                  </Rows>
                ) : (
                  <Empty icon={BookOpen} title={say.noLines} />
                )}
                <More more={more} />
              </>
            );
          }}
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Top({ account, onChanged }: { account: Account; onChanged: () => Promise<void> }) {
  const withdraw = async (amount: number, idempotencyKey: string) => {
    const input = { savingsId: account.id, amount, way: "CASH" as const, idempotencyKey };
    thing((await ask(AskWithdrawalDocument, { input })).requestSavingsWithdrawal);
    toast(say.asked);
  };
  return (
    <Card>
      <div class="apart">
        <h2>{account.product?.name ?? named(savingsKinds, account.kind)}</h2>
        <strong>{rupiah(account.balance)}</strong>
      </div>
      <p>
        {account.number}
        {account.rate > 0 && ` · ${say.rate(hundredths(account.rate))}`}
      </p>
      {account.withdrawals.nodes
        .filter(({ state }) => state === "REQUESTED")
        .map(({ id, amount, payableFrom }) => (
          <p key={id}>{say.waiting(rupiah(amount), dayWithin(payableFrom))}</p>
        ))}
      <FileButton path={account.passbookPath}>{say.passbookFile}</FileButton>
      {account.kind === "TERM" && <Deposit account={account} onChanged={onChanged} />}
      {account.kind === "VOLUNTARY" && account.balance > 0 && (
        <Opener isWide label={say.withdraw} look="quiet" onDone={onChanged}>
          {(ending) => (
            <AmountSheet
              {...ending}
              help={say.withdrawHelp}
              hint={say.holds(rupiah(account.balance))}
              label={say.ask}
              onDo={withdraw}
              title={say.withdraw}
            />
          )}
        </Opener>
      )}
    </Card>
  );
}
