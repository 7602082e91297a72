import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah, soon } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Loaded } from "../../ground/parts/loading";
import { Row, Rows } from "../../ground/parts/row";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { BookJobDocument, UnitDaysDocument, type UnitDaysQuery } from "../api";
import { momentOf } from "../moment";
import { jobCardStates, say } from "./words";

type Unit = Extract<NonNullable<UnitDaysQuery["node"]>, { __typename: "BusinessUnit" }>;
type Job = Unit["jobs"]["nodes"][number];

/** What a unit sold lately, and of a workshop the vehicles that it works on. */
export function Days({ id, takesJobs }: { id: string; takesJobs: boolean }) {
  const asked = useAsked(UnitDaysDocument, { id });
  const ways = { CASH: say.cash, TRANSFER: say.transfer, CREDIT: say.credit, FINANCED: say.byLoan, ORDER: say.order };
  return (
    <Loaded asked={asked}>
      {({ node }) =>
        node?.__typename === "BusinessUnit" && (
          <>
            <h2>{say.sales}</h2>
            {node.sales.nodes.length === 0 && <p>{say.noSales}</p>}
            <Rows>
              {node.sales.nodes.map((sale) => (
                <li key={sale.id}>
                  <Row
                    end={rupiah(sale.total)}
                    note={`${sale.number} · ${dateName(sale.soldOn)} · ${ways[sale.way]}`}
                    title={sale.member?.account?.name || say.somebody}
                  />
                </li>
              ))}
            </Rows>
            {takesJobs && <Jobs id={id} jobs={node.jobs.nodes} onChanged={asked.again} />}
          </>
        )
      }
    </Loaded>
  );
}

function Jobs({ id, jobs, onChanged }: { id: string; jobs: readonly Job[]; onChanged: () => Promise<void> }) {
  return (
    <>
      <h2>{say.jobs}</h2>
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
        onDone={onChanged}
      />
      {jobs.length === 0 && <p>{say.noJobs}</p>}
      <Rows>
        {jobs.map((job) => (
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
    </>
  );
}
