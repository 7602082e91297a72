import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn, rupiah, soon, typed } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { DoingButton } from "../../ground/parts/doing-button";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Select } from "../../ground/parts/select";
import { Sums } from "../../ground/parts/sums";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { EstimateJobDocument, JobCardDocument, type JobCardQuery } from "../api";
import { useChoosable } from "./choosable";
import { JobSteps } from "./job-steps";
import { Lines } from "./lines";
import { jobCardStates, say } from "./words";

export type Job = Extract<NonNullable<JobCardQuery["node"]>, { __typename: "JobCard" }>;
export type JobProps = { job: Job; onChanged: () => Promise<void> };
const ESTIMABLE = new Set(["RECEIVED", "ESTIMATED", "WORKING"]);

/** One vehicle in the workshop: what is wrong, what it will cost, what the customer says, and the bill. */
export default function JobCardPage() {
  const { params } = useRoute();
  const asked = useAsked(JobCardDocument, { id: params.job ?? "" });
  const job = asked.answer?.node?.__typename === "JobCard" ? asked.answer.node : undefined;
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(params.id ?? "")}`} isWide title={job?.number ?? say.job}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            job && (
              <div class="columns">
                <div class="stack">
                  <Told job={job} />
                  <JobSteps job={job} onChanged={asked.again} unitId={params.id ?? ""} />
                </div>
                <div class="stack">
                  {ESTIMABLE.has(job.state) && (
                    <Estimate job={job} key={job.total} onChanged={asked.again} unitId={params.id ?? ""} />
                  )}
                </div>
              </div>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Told({ job }: { job: Job }) {
  return (
    <Card>
      <div class="apart">
        <h2>{job.vehicle}</h2>
        <span>
          <Badge>{named(jobCardStates, job.state)}</Badge>
        </span>
      </div>
      <Facts
        facts={[
          { name: job.member ? say.memberCustomer : say.customer, is: job.customer },
          { name: say.comesIn, is: soon(job.bookedFor) },
          { name: say.complaint, is: job.complaint },
          ...(job.agreed == null ? [] : [{ name: say.agreedTo, is: rupiah(job.agreed) }]),
        ]}
      />
      {job.lines.length > 0 && (
        <Sums
          sums={[
            ...job.lines.map(({ name, quantity, total }) => ({ name: `${quantity} × ${name}`, amount: total })),
            { name: say.total, amount: job.total, isTotal: true },
          ]}
        />
      )}
      {job.sale && <p>{say.billedAs(job.sale.number)}</p>}
    </Card>
  );
}

const WORK = "work";
const EMPTY = { itemId: WORK, name: "", price: "", quantity: "1" };

function Estimate({ job, unitId, onChanged }: JobProps & { unitId: string }) {
  const { items } = useChoosable(unitId);
  const [lines, setLines] = useState<readonly (typeof EMPTY)[]>(
    job.lines.length
      ? job.lines.map(({ itemId, name, price, quantity }) => ({
          itemId: itemId ?? WORK,
          name,
          price: typed(price),
          quantity: String(quantity),
        }))
      : [EMPTY],
  );
  const isWhole = lines.every(
    ({ itemId, name, price, quantity }) =>
      numberIn(quantity) && (itemId !== WORK || (name.trim() && numberIn(price) != null)),
  );
  const estimating = useDoing(async () => {
    const told = lines.map(({ itemId, name, price, quantity }) =>
      itemId === WORK
        ? { name: name.trim(), price: numberIn(price) ?? 0, quantity: numberIn(quantity) ?? 0 }
        : { itemId, quantity: numberIn(quantity) ?? 0 },
    );
    thing((await ask(EstimateJobDocument, { input: { id: job.id, lines: told } })).estimateWorkshopJob);
    toast(say.estimated);
    await onChanged();
  });
  return (
    <>
      <h2>{say.estimate}</h2>
      <p>{say.estimateHelp}</p>
      <Lines empty={EMPTY} lines={lines} onChange={setLines}>
        {(line, change, n) => (
          <>
            <Select label={say.lineOf(n)} onChange={(itemId) => change({ itemId })} value={line.itemId}>
              <option value={WORK}>{say.work}</option>
              {items.map(({ id, name, quantity }) => (
                <option key={id} value={id}>
                  {say.partInStock(name, quantity)}
                </option>
              ))}
            </Select>
            {line.itemId === WORK && (
              <>
                <Field
                  label={say.workName(n)}
                  most={160}
                  onChange={(name) => change({ name })}
                  value={line.name}
                  wrong={estimating.refused?.field("name")}
                />
                <Field
                  inputMode="numeric"
                  label={say.workPrice(n)}
                  most={12}
                  onChange={(price) => change({ price })}
                  value={line.price}
                />
              </>
            )}
            <Field
              inputMode="numeric"
              label={say.quantityOf(n)}
              most={7}
              onChange={(quantity) => change({ quantity })}
              value={line.quantity}
            />
          </>
        )}
      </Lines>
      <DoingButton doing={estimating} isDisabled={!isWhole}>
        {say.sendEstimate}
      </DoingButton>
    </>
  );
}
