import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah, soon } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Row, Rows } from "../../ground/parts/row";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { BookJobDocument, UnitJobsDocument, UnitSalesDocument } from "../api";
import { momentOf } from "../moment";
import { jobCardStates, saleWays, say } from "./words";

/** What a unit sold, the latest first; each leads to its receipt, where goods are taken back. */
export function Sales({ id }: { id: string }) {
  const { asked, nodes, more } = usePaged(
    UnitSalesDocument,
    ({ node }) => (node?.__typename === "BusinessUnit" ? node.sales : undefined),
    { id },
  );
  return (
    <>
      <h2>{say.sales}</h2>
      <Loaded asked={asked}>
        {() => (
          <>
            {nodes.length === 0 && <p>{say.noSales}</p>}
            <Rows>
              {nodes.map((sale) => (
                <li key={sale.id}>
                  <Row
                    end={rupiah(sale.total)}
                    href={`/loket/unit/${encodeURIComponent(id)}/nota/${encodeURIComponent(sale.id)}`}
                    note={[
                      sale.number,
                      dateName(sale.soldOn),
                      named(saleWays, sale.way),
                      sale.returned > 0 && say.returnedOf(rupiah(sale.returned)),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                    title={sale.member?.account?.name || say.somebody}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The vehicles that a workshop works on, and a time for another. */
export function Jobs({ id, isOpen }: { id: string; isOpen: boolean }) {
  const { asked, nodes, more } = usePaged(
    UnitJobsDocument,
    ({ node }) => (node?.__typename === "BusinessUnit" ? node.jobs : undefined),
    { id },
  );
  return (
    <>
      <h2>{say.jobs}</h2>
      {isOpen && <Booking id={id} onDone={asked.again} />}
      <Loaded asked={asked}>
        {() => (
          <>
            {nodes.length === 0 && <p>{say.noJobs}</p>}
            <Rows>
              {nodes.map((job) => (
                <li key={job.id}>
                  <Row
                    end={<Badge>{named(jobCardStates, job.state)}</Badge>}
                    href={`/loket/unit/${encodeURIComponent(id)}/kerja/${encodeURIComponent(job.id)}`}
                    note={[job.number, job.customer, soon(job.bookedFor), job.total > 0 && rupiah(job.total)]
                      .filter(Boolean)
                      .join(" · ")}
                    title={job.vehicle}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Booking({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  return (
    <Act
      fields={[
        { name: "customer", label: say.customer, most: 80 },
        { name: "vehicle", label: say.vehicle, most: 80 },
        { name: "complaint", label: say.complaint, rows: 2, most: 500 },
        { name: "bookedFor", label: say.onDay, type: "date" },
        { name: "time", label: say.atTime, type: "time", start: "09:00" },
      ]}
      isWide
      label={say.bookJob}
      look="quiet"
      onDo={async ({ bookedFor, time, ...told }, idempotencyKey) => {
        const input = { unitId: id, ...told, bookedFor: momentOf(bookedFor, time), idempotencyKey };
        thing((await ask(BookJobDocument, { input })).bookWorkshopJob);
      }}
      onDone={onDone}
    />
  );
}
