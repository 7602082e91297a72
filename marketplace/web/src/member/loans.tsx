import { HandCoins } from "lucide";
import { rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { SignedIn } from "../ground/signed-in";
import { loanStates } from "../ground/values";
import { LoansDocument } from "./api";
import { MemberTabs } from "./member-tabs";
import { say } from "./words";

/** What a member has borrowed, or asks for. */
export default function Loans() {
  const { asked, nodes, more } = usePaged(LoansDocument, ({ viewer }) => viewer?.loans);
  return (
    <Page title={say.loans}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            nodes.length ? (
              <>
                <Rows>
                  {nodes.map((loan) => (
                    <li key={loan.id}>
                      <Row
                        end={
                          <Badge tone={loan.daysLate > 0 ? "bad" : "calm"}>
                            {loan.daysLate > 0 ? say.late(loan.daysLate) : named(loanStates, loan.state)}
                          </Badge>
                        }
                        href={`/anggota/pinjaman/${encodeURIComponent(loan.id)}`}
                        note={`${rupiah(loan.amount)} · ${say.left(rupiah(loan.outstanding))}`}
                        title={loan.product?.name ?? say.unnumbered}
                      />
                    </li>
                  ))}
                </Rows>
                <More more={more} />
              </>
            ) : (
              <Empty icon={HandCoins} title={say.noLoans}>
                <p>{say.noLoansHelp}</p>
              </Empty>
            )
          }
        </Loaded>
      </SignedIn>
      <MemberTabs />
    </Page>
  );
}
