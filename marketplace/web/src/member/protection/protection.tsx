import { ShieldCheck } from "lucide";
import { useAsked } from "../../ground/asking";
import { dateName, monthName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { Older } from "../../ground/parts/older";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import {
  type BillInListFragment,
  OlderBillsDocument,
  OlderClaimsDocument,
  ProtectionDocument,
  type ProtectionQuery,
} from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { EnrolSheet } from "./enrol-sheet";
import { BILL_TONES, billStates, CLAIM_TONES, claimKinds, claimStates, say } from "./words";

type Mine = Extract<NonNullable<ProtectionQuery["node"]>, { __typename: "Membership" }>;

/** What a member is insured by, what it costs him each month, and what he claimed. */
export default function Protection() {
  return (
    <Page backTo="/anggota/lainnya" title={say.protection}>
      <WithMembership>{(membership) => <Standing membership={membership} />}</WithMembership>
    </Page>
  );
}

function Standing({ membership }: { membership: Membership }) {
  const asked = useAsked(ProtectionDocument, { id: membership.id });
  return (
    <Loaded asked={asked}>
      {({ node }) =>
        node?.__typename === "Membership" && (
          <>
            <Warnings bills={node.protectionBills.nodes} />
            <Mine membership={membership} mine={node} onChanged={asked.again} />
            <Bills mine={node} />
            <Claims mine={node} />
          </>
        )
      }
    </Loaded>
  );
}

/** What is said of a bill that leaves him uncovered, or soon will; nothing of the others. */
function warningOf({ programme, month, state, due }: BillInListFragment): string | undefined {
  const name = programme?.name ?? say.protection;
  const owed = due?.outstanding ?? 0;
  if (state === "LAPSED") return say.gap(name, monthName(month));
  if (!due || owed === 0) return undefined;
  if (state === "CARRIED") return say.carriedGap(name, monthName(month), rupiah(owed));
  return state === "OPEN" ? say.payBefore(name, monthName(month), rupiah(owed), dateName(due.dueOn)) : undefined;
}

function Warnings({ bills }: { bills: readonly BillInListFragment[] }) {
  const warnings = bills.flatMap((bill) => {
    const words = warningOf(bill);
    return words ? [{ id: bill.id, words }] : [];
  });
  if (!warnings.length) return null;
  return (
    <Card>
      <h2>{say.warnings}</h2>
      {warnings.map(({ id, words }) => (
        <p key={id}>{words}</p>
      ))}
      <ButtonLink href="/anggota" isWide look="quiet">
        {say.toPay}
      </ButtonLink>
    </Card>
  );
}

type MineProps = { membership: Membership; mine: Mine; onChanged: () => Promise<void> };

function Mine({ membership, mine, onChanged }: MineProps) {
  const enrolments = mine.protection.nodes;
  const current = enrolments
    .filter(({ until }) => !until)
    .flatMap(({ programme }) => (programme ? [programme.id] : []));
  return (
    <>
      {mine.protectionSaved > 0 && (
        <p class="apart">
          <span>{say.saved}</span>
          <strong>{rupiah(mine.protectionSaved)}</strong>
        </p>
      )}
      <h2>{say.mine}</h2>
      {enrolments.length === 0 ? (
        <Empty icon={ShieldCheck} title={say.none}>
          <p>{say.noneHelp}</p>
        </Empty>
      ) : (
        <Rows>
          {enrolments.map(({ id, programme, since, until, dependants }) => (
            <li key={id}>
              <Row
                href={`/anggota/perlindungan/${encodeURIComponent(id)}`}
                note={`${say.persons(1 + dependants.filter((one) => !one.until).length)} · ${
                  until ? say.until(monthName(until)) : say.since(monthName(since))
                }`}
                start={<Icon of={ShieldCheck} />}
                title={programme?.name ?? say.protection}
              />
            </li>
          ))}
        </Rows>
      )}
      <Opener isWide label={say.enrol} onDone={onChanged}>
        {(ending) => <EnrolSheet inAlready={current} membership={membership} {...ending} />}
      </Opener>
    </>
  );
}

function Bills({ mine }: { mine: Mine }) {
  return (
    <>
      <h2>{say.bills}</h2>
      {mine.protectionBills.nodes.length === 0 && <p>{say.noBills}</p>}
      <Older
        document={OlderBillsDocument}
        first={mine.protectionBills}
        of={({ node }) => (node?.__typename === "Membership" ? node.protectionBills : undefined)}
        variables={{ id: mine.id }}
      >
        {(bills) => (
          <Rows>
            {bills.map(({ id, amount, month, state, programme }) => (
              <li key={id}>
                <Row
                  end={rupiah(amount)}
                  href={`/anggota/tagihan/${encodeURIComponent(id)}`}
                  note={
                    <>
                      {monthName(month)} <Badge tone={BILL_TONES[state]}>{named(billStates, state)}</Badge>
                    </>
                  }
                  title={programme?.name ?? say.protection}
                />
              </li>
            ))}
          </Rows>
        )}
      </Older>
    </>
  );
}

function Claims({ mine }: { mine: Mine }) {
  if (!mine.claims.nodes.length) return null;
  return (
    <>
      <h2>{say.claims}</h2>
      <Older
        document={OlderClaimsDocument}
        first={mine.claims}
        of={({ node }) => (node?.__typename === "Membership" ? node.claims : undefined)}
        variables={{ id: mine.id }}
      >
        {(claims) => (
          <Rows>
            {claims.map(({ id, kind, state, happenedOn, programme }) => (
              <li key={id}>
                <Row
                  end={<Badge tone={CLAIM_TONES[state]}>{named(claimStates, state)}</Badge>}
                  href={`/anggota/klaim/${encodeURIComponent(id)}`}
                  note={`${dateName(happenedOn)} · ${programme?.name ?? ""}`}
                  title={named(claimKinds, kind)}
                />
              </li>
            ))}
          </Rows>
        )}
      </Older>
    </>
  );
}
