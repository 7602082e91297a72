import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { count, day, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  HeldAgainstDocument,
  type HeldAgainstQuery,
  OpenCasesDocument,
  ResolveCaseDocument,
  WindowCasesDocument,
  type WindowCasesQuery,
  type WindowFragment,
} from "../api";
import { differences, say } from "./words";

type Case = Extract<NonNullable<WindowCasesQuery["node"]>, { __typename: "SettlementWindow" }>["cases"][number];
type Difference = Extract<
  NonNullable<HeldAgainstQuery["node"]>,
  { __typename: "SettlementWindow" }
>["reconciliation"]["differences"][number];
type Other = { id: string; name: string };
type CasesProps = { window: WindowFragment; ours: ReadonlySet<string> };

/** Where two co-ops' books of a window differ: held against each other, made a case, and settled. */
export function Cases({ window, ours }: CasesProps) {
  const asked = useAsked(WindowCasesDocument, { id: window.id });
  return (
    <>
      <h2>{say.crossCheck}</h2>
      {[...ours].map((cooperativeId) => (
        <Against
          cooperativeId={cooperativeId}
          key={`${cooperativeId}${window.payments.map(({ state }) => state)}`} // each step of a payment is a line more
          onChanged={asked.again}
          window={window}
        />
      ))}
      <Loaded asked={asked}>
        {({ node }) =>
          node?.__typename === "SettlementWindow" &&
          node.cases.map((one) => <CaseCard key={one.id} of={one} onChanged={asked.again} ours={ours} />)
        }
      </Loaded>
    </>
  );
}

/** Who has still to confirm a payment between these two, when that alone is how their books differ. */
function confirmerOf(
  differences: readonly Difference[],
  payments: WindowFragment["payments"],
  pair: ReadonlySet<string>,
) {
  const under = payments.filter(
    ({ state, payer, payee }) => state === "PAID" && pair.has(payer?.id ?? "") && pair.has(payee?.id ?? ""),
  );
  const isAll =
    differences.length === under.length && differences.every((one) => one.lineKind === "settlement_payment");
  return isAll ? under[0]?.payee?.name : undefined;
}

/** Those with whom this co-op has lines in the window. */
function othersOf({ obligations }: WindowFragment, cooperativeId: string): Other[] {
  const found = new Map<string, Other>();
  for (const { debtor, creditor } of obligations.nodes) {
    const other = debtor?.id === cooperativeId ? creditor : creditor?.id === cooperativeId ? debtor : null;
    if (other) found.set(other.id, other);
  }
  return [...found.values()];
}

type AgainstProps = { window: WindowFragment; cooperativeId: string; onChanged: () => Promise<void> };

function Against({ window, cooperativeId, onChanged }: AgainstProps) {
  const others = othersOf(window, cooperativeId);
  const [otherId, setOtherId] = useState(others[0]?.id);
  const wanted = { id: window.id, cooperativeId, counterpartyId: otherId ?? "" };
  const asked = useAsked(HeldAgainstDocument, otherId ? wanted : null);
  if (!otherId) return null;
  return (
    <Card>
      {others.length > 1 ? (
        <Chips name={say.crossCheck}>
          {others.map(({ id, name }) => (
            <Chip isOn={id === otherId} key={id} onPress={() => setOtherId(id)}>
              {name}
            </Chip>
          ))}
        </Chips>
      ) : (
        <h3>{say.withOther(others[0]?.name ?? "–")}</h3>
      )}
      <Loaded asked={asked}>
        {({ node }) => {
          if (node?.__typename !== "SettlementWindow") return null;
          const { lineCount, here, there, differences: found } = node.reconciliation;
          const confirmer = confirmerOf(found, window.payments, new Set([cooperativeId, otherId]));
          return (
            <>
              <Facts
                facts={[
                  { name: say.sharedLines, is: count(lineCount) },
                  { name: say.ourBook, is: rupiah(here) },
                  { name: say.theirBook, is: rupiah(there) },
                ]}
              />
              {found.length === 0 && <p>{say.noDifference}</p>}
              <ul class="stack">
                {found.map(({ kind, line, here: ourSide, there: theirSide }) => (
                  <li key={line}>
                    {named(differences, kind)}
                    <br />
                    <small>{say.sides(sideOf(ourSide), sideOf(theirSide))}</small>
                  </li>
                ))}
              </ul>
              {confirmer && <p>{say.goesAway(confirmer)}</p>}
              {found.length > 0 && !confirmer && (
                <Act
                  help={say.openCasesHelp}
                  isWide
                  label={say.openCases}
                  look="quiet"
                  onDo={async (_, idempotencyKey) => {
                    const input = { windowId: window.id, cooperativeId, counterpartyId: otherId, idempotencyKey };
                    thing((await ask(OpenCasesDocument, { input })).openSettlementCases);
                  }}
                  onDone={onChanged}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function sideOf(amount: number | null): string {
  return amount == null ? say.notThere : rupiah(amount);
}

type CaseCardProps = { of: Case; ours: ReadonlySet<string>; onChanged: () => Promise<void> };

function CaseCard({ of: one, ours, onChanged }: CaseCardProps) {
  return (
    <Card>
      <div class="apart">
        <h3>{named(differences, one.kind)}</h3>
        <span>
          <Badge tone={one.state === "OPEN" ? "warn" : "good"}>
            {one.state === "OPEN" ? say.caseOpen : say.caseResolved}
          </Badge>
        </span>
      </div>
      <p>
        {say.between(one.cooperative?.name ?? "–", one.counterparty?.name ?? "–")} · {day(one.openedAt)}
      </p>
      <p>{say.sides(sideOf(one.here), sideOf(one.there))}</p>
      {one.note && <p>{one.note}</p>}
      {one.resolution && <p>{one.resolution}</p>}
      {one.state === "OPEN" && one.cooperative && ours.has(one.cooperative.id) && (
        <Act
          fields={[{ name: "resolution", label: say.resolution, rows: 3, most: 300 }]}
          help={say.resolveHelp}
          isWide
          label={say.resolve}
          onDo={async ({ resolution }, idempotencyKey) => {
            const input = { caseId: one.id, resolution: resolution.trim(), idempotencyKey };
            thing((await ask(ResolveCaseDocument, { input })).resolveSettlementCase);
          }}
          onDone={onChanged}
        />
      )}
    </Card>
  );
}
