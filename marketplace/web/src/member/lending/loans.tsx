import { HandCoins } from "lucide";
import { rupiah } from "../../ground/figures";
import { LoanRow } from "../../ground/lending/loan-row";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink } from "../../ground/parts/button";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { SignedIn } from "../../ground/signed-in";
import { LoansDocument, type LoansQuery } from "../api";
import { MemberTabs } from "../member-tabs";
import { WithMembership } from "../with-membership";
import { Deduction } from "./deduction";
import { say } from "./words";

type Guarantee = NonNullable<LoansQuery["viewer"]>["loanGuarantees"]["nodes"][number];

/** What a member has borrowed or asks for, what others ask him to stand behind, and how he pays. */
export default function Loans() {
  const { asked, nodes, more } = usePaged(LoansDocument, ({ viewer }) => viewer?.loans);
  return (
    <Page title={say.title}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ viewer }) => (
            <>
              <Guarantees guarantees={viewer?.loanGuarantees.nodes ?? []} />
              {nodes.length ? (
                <>
                  <Rows>
                    {nodes.map((loan) => (
                      <li key={loan.id}>
                        <LoanRow
                          href={`/anggota/pinjaman/${encodeURIComponent(loan.id)}`}
                          loan={loan}
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
              )}
            </>
          )}
        </Loaded>
        <WithMembership none={null}>
          {(membership) => (
            <>
              <ButtonLink href="/anggota/pinjaman/ajukan" isWide>
                {say.apply}
              </ButtonLink>
              <ButtonLink href="/anggota/pinjaman/belanja" isWide look="quiet">
                {say.buy}
              </ButtonLink>
              <Deduction membership={membership} />
            </>
          )}
        </WithMembership>
      </SignedIn>
      <MemberTabs />
    </Page>
  );
}

/** Loans of others that he is asked to stand behind, or does. */
function Guarantees({ guarantees }: { guarantees: readonly Guarantee[] }) {
  const open = guarantees.flatMap(({ state, loan }) =>
    loan && (state === "ASKED" || state === "GIVEN") ? [{ loan, isAsked: state === "ASKED" }] : [],
  );
  if (!open.length) return null;
  return (
    <>
      <h2>{say.behindOthers}</h2>
      <Rows>
        {open.map(({ loan, isAsked }) => (
          <li key={loan.id}>
            <Row
              end={<Badge tone={isAsked ? "warn" : "good"}>{isAsked ? say.toAnswer : say.stands}</Badge>}
              href={`/anggota/pinjaman/${encodeURIComponent(loan.id)}`}
              note={
                <span class="two-lines">
                  {rupiah(loan.amount)} · {loan.reason}
                </span>
              }
              title={loan.borrower?.name || say.someone}
            />
          </li>
        ))}
      </Rows>
    </>
  );
}
