import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Sums } from "../../ground/parts/sums";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AwaitedPurchasesDocument, type AwaitedPurchasesQuery, SellAtUnitDocument } from "../api";
import { say } from "./words";

type Unit = Extract<NonNullable<AwaitedPurchasesQuery["node"]>, { __typename: "BusinessUnit" }>;
export type Purchase = Unit["awaitedPurchases"]["nodes"][number];

/** What approved loans of this member wait to pay at this unit; asked for no member, nothing. */
export function useAwaited(unitId: string, membershipId: string | undefined) {
  const asked = useAsked(AwaitedPurchasesDocument, membershipId ? { id: unitId, membershipId } : null);
  const node = asked.answer?.node;
  const purchases: readonly Purchase[] = node?.__typename === "BusinessUnit" ? node.awaitedPurchases.nodes : [];
  return { asked, purchases };
}

type FinancedProps = { unitId: string; membershipId: string; onDone: () => Promise<void> };

/** The goods that the co-op's loans pay for this member: each is sold as he asked for it, in one step with its loan. */
export function Financed({ unitId, membershipId, onDone }: FinancedProps) {
  const { asked, purchases } = useAwaited(unitId, membershipId);
  const sell =
    ({ loanId, lines }: Purchase) =>
    async (_: unknown, idempotencyKey: string) => {
      const goods = lines.flatMap(({ itemId, quantity }) => (itemId ? [{ itemId, quantity }] : []));
      const input = { unitId, membershipId, way: "FINANCED" as const, loanId, lines: goods, idempotencyKey };
      thing((await ask(SellAtUnitDocument, { input })).sellAtUnit);
    };
  return (
    <Loaded asked={asked}>
      {() =>
        purchases
          .filter(({ jobCardId }) => !jobCardId)
          .map((purchase) => (
            <Card about={purchase.lines.map(({ name }) => name).join(", ")} key={purchase.loanId}>
              <h3>{say.financed}</h3>
              <Sums
                sums={[
                  ...purchase.lines.map(({ name, quantity, total }) => ({
                    name: `${quantity} × ${name}`,
                    amount: total,
                  })),
                  { name: say.total, amount: purchase.total, isTotal: true },
                ]}
              />
              <Act
                help={say.financedHelp(rupiah(purchase.total))}
                isWide
                label={say.sellFinanced}
                onDo={sell(purchase)}
                onDone={async () => {
                  await asked.again();
                  await onDone();
                }}
                said={say.isSold}
              />
            </Card>
          ))
      }
    </Loaded>
  );
}
