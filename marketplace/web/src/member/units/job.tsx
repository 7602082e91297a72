import { useRoute } from "preact-iso";
import { useAsked, useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, dayOf } from "../../ground/days";
import { rupiah, time } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { AnswerEstimateDocument, CancelJobDocument, OneJobDocument, type OneJobQuery } from "../api";
import { JOB_TONES, jobStates, say, ways } from "./words";

type Job = Extract<NonNullable<OneJobQuery["node"]>, { __typename: "JobCard" }>;
type Shown = { job: Job; onChanged: () => Promise<void> };

/** One job of the workshop on a member's vehicle: its estimate to be answered, and its bill. */
export default function JobPage() {
  const { params } = useRoute();
  const asked = useAsked(OneJobDocument, { id: params.id ?? "" });
  const job = asked.answer?.node?.__typename === "JobCard" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/belanja" title={job?.number ?? say.job}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            job && (
              <>
                <Told job={job} />
                <Estimate job={job} onChanged={asked.again} />
                {(job.state === "ESTIMATED" || job.state === "WORKING") && (
                  <ButtonLink
                    href={`/anggota/pinjaman/belanja?servis=${encodeURIComponent(job.id)}`}
                    isWide
                    look="quiet"
                  >
                    {say.payByLoan}
                  </ButtonLink>
                )}
                {job.sale && <Bill sale={job.sale} />}
                {(job.state === "BOOKED" || job.state === "RECEIVED") && <Cancel job={job} onChanged={asked.again} />}
              </>
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
          <Badge tone={JOB_TONES[job.state]}>{named(jobStates, job.state)}</Badge>
        </span>
      </div>
      <Facts
        facts={[
          { name: say.comes, is: time(job.bookedFor) },
          { name: say.complained, is: job.complaint },
        ]}
      />
    </Card>
  );
}

function Estimate({ job, onChanged }: Shown) {
  const answering = useDoing(async (isAgreed: boolean) => {
    thing((await ask(AnswerEstimateDocument, { input: { id: job.id, isAgreed } })).answerJobEstimate);
    toast(say.answered);
    await onChanged();
  });
  return (
    <Card>
      <h2>{say.estimate}</h2>
      {job.lines.length === 0 ? (
        <p>{say.noEstimate}</p>
      ) : (
        <Sums
          sums={[
            ...job.lines.map(({ name, quantity, price, total }) => ({
              name,
              amount: total,
              ...(quantity > 1 && { why: [say.times(quantity, rupiah(price))] }),
            })),
            { name: say.total, amount: job.total, isTotal: true },
          ]}
        />
      )}
      {job.agreed != null && job.agreedAt && (
        <p>{say.agreedTo(rupiah(job.agreed), dateName(dayOf(new Date(job.agreedAt))))}</p>
      )}
      {job.state === "ESTIMATED" && (
        <>
          <p>{say.askAgreed}</p>
          <Trouble refused={answering.refused} />
          <Button isBusy={answering.isRunning} isWide onPress={() => void answering.run(true)}>
            {say.agree(rupiah(job.total))}
          </Button>
          <Button isBusy={answering.isRunning} isWide look="danger" onPress={() => void answering.run(false)}>
            {say.refuse}
          </Button>
        </>
      )}
    </Card>
  );
}

function Bill({ sale }: { sale: NonNullable<Job["sale"]> }) {
  return (
    <Card>
      <h2>{say.billOf(sale.number)}</h2>
      <Facts
        facts={[
          { name: say.total, is: rupiah(sale.total), isLarge: true },
          { name: say.paidBy, is: named(ways, sale.way) },
          ...(sale.dueOn ? [{ name: say.due, is: dateName(sale.dueOn) }] : []),
        ]}
      />
    </Card>
  );
}

function Cancel({ job, onChanged }: Shown) {
  const cancelling = useDoing(async () => {
    thing((await ask(CancelJobDocument, { input: { id: job.id } })).cancelWorkshopJob);
    toast(say.cancelled);
    await onChanged();
  });
  return (
    <>
      <Trouble refused={cancelling.refused} />
      <Button isBusy={cancelling.isRunning} isWide look="danger" onPress={() => void cancelling.run()}>
        {say.cancel}
      </Button>
    </>
  );
}
