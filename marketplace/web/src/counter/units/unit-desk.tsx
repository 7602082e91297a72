import { Truck } from "lucide";
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
import { WithCooperative } from "../with-cooperative";
import { Days } from "./days";
import { Sale } from "./sale";
import { StockActs, type Unit } from "./stock-acts";
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
  const sold = async () => {
    setWanted({});
    await asked.again();
  };
  return (
    <Page backTo="/loket/unit" isWide title={unit?.name ?? say.title}>
      <WithCooperative>
        {({ slug }) => (
          <Loaded asked={asked}>
            {() =>
              unit && (
                <div class="columns">
                  <div class="stack">
                    <h2>{say.stock}</h2>
                    <Stock items={nodes} onWant={setWanted} wanted={wanted} />
                    <More more={more} />
                    <StockActs items={nodes} onDone={asked.again} unit={unit} />
                    {unit.kind.keepsStock && (
                      <Rows>
                        <li>
                          <Row
                            href={`/loket/unit/${encodeURIComponent(unit.id)}/pembelian`}
                            note={say.invoicesNote}
                            start={<Icon of={Truck} />}
                            title={say.invoices}
                          />
                        </li>
                      </Rows>
                    )}
                  </div>
                  <div class="stack">
                    <Sale
                      creditLimit={unit.creditLimit}
                      items={nodes}
                      onDone={sold}
                      slug={slug}
                      unitId={unit.id}
                      wanted={wanted}
                    />
                    <Days id={unit.id} key={JSON.stringify(nodes)} takesJobs={unit.kind.takesJobs} />
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
                {say.inStock(count(item.quantity), rupiah(item.price))}
                {item.memberPrice != null && ` · ${say.memberPrice(rupiah(item.memberPrice))}`}
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
