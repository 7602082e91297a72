import { BookOpenCheck, ClipboardList } from "lucide";
import { useAsked } from "../../ground/asking";
import { dateName, dayOf, monthName } from "../../ground/days";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { FileButton } from "../../ground/parts/file-button";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { OpenBooksDocument, type OpenBooksQuery } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { OfficersPay } from "./officers-pay";
import { BUDGET_TONES, budgetStates, say } from "./words";

type Books = NonNullable<OpenBooksQuery["cooperative"]>;

/** What every member reads of his co-op: locked months, the budget and how it is used, what officers are paid. */
export default function OpenBooks() {
  return (
    <Page backTo="/anggota/lainnya" title={say.title}>
      <WithMembership>{(membership) => <Shelf membership={membership} />}</WithMembership>
    </Page>
  );
}

function Shelf({ membership }: { membership: Membership }) {
  const { slug } = membership.cooperative;
  const asked = useAsked(OpenBooksDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <>
            <Months books={cooperative} slug={slug} />
            <Budgets books={cooperative} />
            <OfficersPay pay={cooperative.officersPay} />
          </>
        )
      }
    </Loaded>
  );
}

function Months({ books, slug }: { books: Books; slug: string }) {
  return (
    <>
      <h2>{say.months}</h2>
      {books.openMonths.nodes.length === 0 ? (
        <p>{say.noMonths}</p>
      ) : (
        <Rows>
          {books.openMonths.nodes.map(({ month, lockedAt }) => (
            <li key={month}>
              <Row
                href={`/anggota/buku/${slug}/${month}`}
                note={say.locked(dateName(dayOf(new Date(lockedAt))))}
                start={<Icon of={BookOpenCheck} />}
                title={monthName(month)}
              />
            </li>
          ))}
        </Rows>
      )}
      {books.openMonths.pageInfo.hasNextPage && <p>{say.olderMonths}</p>}
    </>
  );
}

function Budgets({ books }: { books: Books }) {
  return (
    <>
      <h2>{say.budgets}</h2>
      {books.budgets.nodes.length === 0 ? (
        <p>{say.noBudgets}</p>
      ) : (
        <>
          <Rows>
            {books.budgets.nodes.map((budget) => (
              <li key={budget.id}>
                <Row
                  end={<Badge tone={BUDGET_TONES[budget.state]}>{named(budgetStates, budget.state)}</Badge>}
                  href={`/anggota/anggaran/${encodeURIComponent(budget.id)}`}
                  note={say.between(dateName(budget.beginsOn), dateName(budget.endsOn))}
                  start={<Icon of={ClipboardList} />}
                  title={budget.number}
                />
              </li>
            ))}
          </Rows>
          <FileButton path={`/budgets/use.pdf?${new URLSearchParams({ cooperative: books.id })}`}>
            {say.useFile}
          </FileButton>
        </>
      )}
    </>
  );
}
