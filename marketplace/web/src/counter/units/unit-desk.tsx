import { ChartNoAxesColumn, Package, Truck } from "lucide";
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { count, rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Stepper } from "../../ground/parts/stepper";
import { type StockedFragment, UnitDeskDocument, type UnitDeskQuery } from "../api";
import { isOfficer, WithCooperative } from "../with-cooperative";
import { Jobs, Sales } from "./days";
import { Sale } from "./sale";
import { Closing, StockActs, type Unit } from "./stock-acts";
import { say } from "./words";

function unitOf(answer: UnitDeskQuery | undefined): Unit | undefined {
  return answer?.node?.__typename === "BusinessUnit" ? answer.node : undefined;
}

/** One unit at the counter: its stock, what is sold now, and what was sold and worked on. */
export default function UnitDesk() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const [wanted, setWanted] = useState<Record<string, number>>({});
  const { asked, nodes, more } = usePaged(UnitDeskDocument, (answer) => unitOf(answer)?.items, { id });
  const unit = unitOf(asked.answer);
  const isOpen = unit !== undefined && !unit.closedAt;
  const sold = async () => {
    setWanted({});
    await asked.again();
  };
  return (
    <Page backTo="/loket/unit" isWide title={unit?.name ?? say.title}>
      <WithCooperative>
        {(cooperative) => (
          <Loaded asked={asked}>
            {() =>
              unit && (
                <div class="columns">
                  <div class="stack">
                    {!isOpen && <p>{say.closedHelp}</p>}
                    {isOpen && (
                      <>
                        <h2>{say.stock}</h2>
                        <Stock items={nodes} onWant={setWanted} wanted={wanted} />
                        <More more={more} />
                        <StockActs items={nodes} onDone={asked.again} unit={unit} />
                      </>
                    )}
                    <Places unit={unit} />
                  </div>
                  <div class="stack">
                    {isOpen && (
                      <Sale
                        creditLimit={unit.creditLimit}
                        items={nodes}
                        onDone={sold}
                        slug={cooperative.slug}
                        unitId={unit.id}
                        wanted={wanted}
                      />
                    )}
                    <Sales id={unit.id} key={JSON.stringify(nodes)} />
                    {unit.kind.takesJobs && <Jobs id={unit.id} isOpen={isOpen} />}
                    {isOpen && isOfficer(cooperative) && <Closing onDone={asked.again} unit={unit} />}
                  </div>
                </div>
              )
            }
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

/** What of a unit has a page of its own. */
function Places({ unit: { id, kind } }: { unit: Unit }) {
  const places = [
    ...(kind.keepsStock
      ? [
          { path: "pembelian", icon: Truck, title: say.invoices, note: say.invoicesNote },
          { path: "barang", icon: Package, title: say.itemList, note: say.itemListNote },
        ]
      : []),
    { path: "hasil", icon: ChartNoAxesColumn, title: say.result, note: say.resultNote },
  ];
  return (
    <Rows>
      {places.map(({ path, icon, ...told }) => (
        <li key={path}>
          <Row {...told} href={`/loket/unit/${encodeURIComponent(id)}/${path}`} start={<Icon of={icon} />} />
        </li>
      ))}
    </Rows>
  );
}

type StockProps = {
  items: readonly StockedFragment[];
  wanted: Record<string, number>;
  onWant: (wanted: Record<string, number>) => void;
};

function Stock({ items, wanted, onWant }: StockProps) {
  if (!items.length) return <p>{say.noItems}</p>;
  return (
    <Rows>
      {items.map((item) => (
        <li key={item.id}>
          <Row
            end={
              <Stepper
                most={Math.max(0, item.quantity)}
                name={say.howMany(item.name)}
                onChange={(n) => onWant({ ...wanted, [item.id]: n })}
                value={wanted[item.id] ?? 0}
              />
            }
            note={
              <>
                {say.inStock(count(item.quantity), pricesOf(item))}
                {item.isToReorder && (
                  <>
                    {" "}
                    <Badge tone="warn">{say.toReorder}</Badge>
                  </>
                )}
              </>
            }
            title={item.name}
          />
        </li>
      ))}
    </Rows>
  );
}

/** One price, or whose is which. */
function pricesOf({ price, memberPrice }: StockedFragment): string {
  if (memberPrice == null) return rupiah(price);
  return `${say.publicPrice(rupiah(price))} · ${say.memberPrice(rupiah(memberPrice))}`;
}
