import { Truck } from "lucide";
import { useRoute } from "preact-iso";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { PaySupplierDocument, PurchasesDocument, type PurchasesQuery } from "../api";
import { WithCooperative } from "../with-cooperative";
import { PaySupplier } from "./pay-supplier";
import { PurchaseSheet } from "./purchase-sheet";
import { say } from "./words";

type Unit = Extract<NonNullable<PurchasesQuery["node"]>, { __typename: "BusinessUnit" }>;
type Purchase = Unit["purchases"]["nodes"][number];

function unitOf(answer: PurchasesQuery | undefined): Unit | undefined {
  return answer?.node?.__typename === "BusinessUnit" ? answer.node : undefined;
}

/** A unit's suppliers' invoices: written down as the goods come, and paid. */
export default function Supplying() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const { asked, nodes, more } = usePaged(PurchasesDocument, (answer) => unitOf(answer)?.purchases, { id });
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(id)}`} title={say.invoices}>
      <WithCooperative>
        {(cooperative) => (
          <Loaded asked={asked}>
            {() => (
              <>
                <Opener isWide label={say.purchase} onDone={asked.again}>
                  {(ending) => <PurchaseSheet {...ending} cooperative={cooperative} unitId={id} />}
                </Opener>
                {nodes.length === 0 && (
                  <Empty icon={Truck} title={say.noInvoices}>
                    <p>{say.noInvoicesHelp}</p>
                  </Empty>
                )}
                {nodes.map((purchase) => (
                  <PurchaseCard key={purchase.id} onChanged={asked.again} purchase={purchase} />
                ))}
                <More more={more} />
              </>
            )}
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

function PurchaseCard({ purchase, onChanged }: { purchase: Purchase; onChanged: () => Promise<void> }) {
  const { id, supplier, reference, receivedOn, total, outstanding, dueOn, awaitedPayment, lines } = purchase;
  return (
    <Card>
      <div class="apart">
        <h2>{supplier?.name ?? "–"}</h2>
        <strong>{rupiah(total)}</strong>
      </div>
      <p>
        {reference} · {dateName(receivedOn)}
      </p>
      <ul class="stack">
        {lines.map(({ item, quantity, cost }, n) => (
          <li class="apart" key={`${n}${item?.name}`}>
            <span>
              {quantity} × {item?.name ?? "–"}
            </span>
            <span>{rupiah(cost)}</span>
          </li>
        ))}
      </ul>
      {outstanding === 0 && (
        <p>
          <Badge tone="good">{say.settled}</Badge>
        </p>
      )}
      {outstanding > 0 && (
        <p>
          {say.stillOwed(rupiah(outstanding))}
          {dueOn && ` · ${say.dueOn(dateName(dueOn))}`}
        </p>
      )}
      <PaySupplier
        awaited={awaitedPayment}
        onDone={onChanged}
        onPay={async (paid) => thing((await ask(PaySupplierDocument, { input: { id, ...paid } })).payUnitSupplier)}
        outstanding={outstanding}
      />
    </Card>
  );
}
