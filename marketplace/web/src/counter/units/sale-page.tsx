import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { DoingButton } from "../../ground/parts/doing-button";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { Stepper } from "../../ground/parts/stepper";
import { Sums } from "../../ground/parts/sums";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { TakeBackSaleDocument, UnitSaleDocument, type UnitSaleQuery } from "../api";
import { say as common } from "../words";
import { saleWays, say } from "./words";

type Sale = Extract<NonNullable<UnitSaleQuery["node"]>, { __typename: "UnitSale" }>;

/** One sale of a unit: what was taken, how it is paid, and what of it came back. */
export default function SalePage() {
  const { params } = useRoute();
  const asked = useAsked(UnitSaleDocument, { id: params.sale ?? "" });
  const sale = asked.answer?.node?.__typename === "UnitSale" ? asked.answer.node : undefined;
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(params.id ?? "")}`} title={sale?.number ?? say.receipt}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            sale && (
              <>
                <Told sale={sale} />
                {!sale.returnedAt && <Returning onChanged={asked.again} sale={sale} />}
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Told({ sale }: { sale: Sale }) {
  const { member, soldOn, way, dueOn, loanNumber, lines, total, returned, returnedAt, returnReason } = sale;
  return (
    <Card>
      <div class="apart">
        <h2>{member?.account?.name || say.somebody}</h2>
        {returned > 0 && (
          <span>
            <Badge tone="warn">{returnedAt ? say.allReturned : say.partReturned}</Badge>
          </span>
        )}
      </div>
      <Facts
        facts={[
          { name: say.soldOn, is: dateName(soldOn) },
          { name: say.way, is: [named(saleWays, way), loanNumber].filter(Boolean).join(" · ") },
          ...(dueOn ? [{ name: say.dueBy, is: dateName(dueOn) }] : []),
        ]}
      />
      <Sums
        sums={[
          ...lines.map(({ name, quantity, total: amount }) => ({ name: `${quantity} × ${name}`, amount })),
          { name: say.total, amount: total, isTotal: true },
          ...(returned > 0 ? [{ name: say.returned, amount: -returned }] : []),
        ]}
      />
      {returnReason && <p>{returnReason}</p>}
    </Card>
  );
}

function Returning({ sale, onChanged }: { sale: Sale; onChanged: () => Promise<void> }) {
  if (sale.way === "ORDER") return <p>{say.returnOrder}</p>;
  return (
    <Opener isWide label={say.takeBack} look="quiet" onDone={onChanged}>
      {(ending) => <ReturnSheet {...ending} sale={sale} />}
    </Opener>
  );
}

/** On credit all comes back; else as many of each as are named, and with none named all that is left. */
function ReturnSheet({ sale, onClose, onDone }: Ending & { sale: Sale }) {
  const [back, setBack] = useState<Record<string, number>>({});
  const [reason, setReason] = useState("");
  const intent = useIntent();
  const goods = sale.way === "CREDIT" ? [] : sale.lines.filter(({ itemId }) => itemId);
  const lines = Object.entries(back).flatMap(([itemId, quantity]) => (quantity ? [{ itemId, quantity }] : []));
  const returning = useDoing(async () => {
    const wanted = { id: sale.id, lines, reason: reason.trim() };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(TakeBackSaleDocument, { input })).takeBackUnitSale);
    intent.settle();
    toast(common.carriedOut);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.takeBack}>
      <p>{sale.way === "CREDIT" ? say.returnWhole : say.returnHelp}</p>
      {goods.length > 0 && (
        <Rows>
          {goods.map(({ itemId, name, quantity }) => (
            <li key={itemId}>
              <Row
                end={
                  <Stepper
                    most={quantity}
                    name={say.howMany(name)}
                    onChange={(n) => setBack((was) => ({ ...was, [itemId ?? ""]: n }))}
                    value={back[itemId ?? ""] ?? 0}
                  />
                }
                note={say.bought(quantity)}
                title={name}
              />
            </li>
          ))}
        </Rows>
      )}
      <Field
        label={say.whyBack}
        most={200}
        onChange={setReason}
        rows={2}
        value={reason}
        wrong={returning.refused?.field("reason")}
      />
      <DoingButton doing={returning} isDisabled={reason.trim().length < 3} look="danger">
        {lines.length ? say.takeThese : say.takeAll}
      </DoingButton>
    </Sheet>
  );
}
