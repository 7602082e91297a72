import { CircleHelp, Wallet } from "lucide";
import { rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { SignedIn } from "../ground/signed-in";
import { EarningsDocument, type EarningsQuery } from "./api";
import { DriverTabs } from "./driver-tabs";
import { clearings, jobStates, say } from "./words";

type Driving = NonNullable<NonNullable<EarningsQuery["viewer"]>["driving"]>;
type Job = NonNullable<Driving["jobs"]>["nodes"][number];

/** What a day brought, job by job, and the cash that he holds for his co-op. */
export default function Earnings() {
  const { asked, nodes, more } = usePaged(EarningsDocument, ({ viewer }) => viewer?.driving?.jobs);
  const ended = nodes.filter((job) => job.endedAt);
  return (
    <Page title={say.earnings}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ viewer }) =>
            viewer?.driving ? (
              <div class="stack">
                <Today isWhole={!more || !isToday(nodes.at(-1))} jobs={ended} />
                <Cash driver={viewer.driving} />
                <Rows>
                  <li>
                    <Row
                      href="/antar/alasan"
                      note={say.whyNotMeHelp}
                      start={<Icon of={CircleHelp} />}
                      title={say.whyNotMe}
                    />
                  </li>
                </Rows>
                <h2>{say.byJob}</h2>
                {ended.length ? (
                  <Rows>
                    {ended.map((job) => (
                      <li key={job.id}>
                        <Row
                          end={rupiah(broughtBy(job))}
                          note={`${named(jobStates, job.state)} · ${time(job.endedAt ?? "")}${besideFare(job)}`}
                          title={job.pickup.name}
                        />
                      </li>
                    ))}
                  </Rows>
                ) : (
                  <Empty icon={Wallet} title={say.nothingYet} />
                )}
                <More more={more} />
              </div>
            ) : (
              <Empty icon={Wallet} title={say.notDriver}>
                <p>{say.notDriverHelp}</p>
              </Empty>
            )
          }
        </Loaded>
      </SignedIn>
      <DriverTabs />
    </Page>
  );
}

function Today({ jobs, isWhole }: { jobs: Job[]; isWhole: boolean }) {
  const today = jobs.filter(isToday);
  const sum = today.reduce((all, job) => all + broughtBy(job), 0);
  return (
    <Card>
      <Facts
        facts={[
          { name: say.today, is: isWhole ? rupiah(sum) : say.atLeast(rupiah(sum)), isLarge: true },
          { name: say.jobsToday, is: String(today.length) },
        ]}
      />
    </Card>
  );
}

function Cash({ driver }: { driver: Driving }) {
  const receipts = driver.cashReceipts?.nodes ?? [];
  return (
    <Card>
      <Facts
        facts={[
          { name: say.cashInHand, is: rupiah(driver.cashInHand ?? 0), isLarge: true },
          { name: say.cashLimit, is: rupiah(driver.cashLimit ?? 0) },
          { name: say.earningsDue, is: rupiah(driver.earningsDue ?? 0) },
        ]}
      />
      <p>{say.cashHelp}</p>
      {receipts.map((receipt) => (
        <p key={receipt.id}>
          {named(clearings, receipt.clearing)} · {rupiah(receipt.amount)} · {time(receipt.at)}
        </p>
      ))}
    </Card>
  );
}

function isToday(job: Job | undefined): boolean {
  return job?.endedAt != null && new Date(job.endedAt).toDateString() === new Date().toDateString();
}

function tipsOf(job: Job): number {
  return job.tips.filter((tip) => tip.state === "GIVEN").reduce((all, tip) => all + tip.amount, 0);
}

/** His part of the fare, what he was paid for waiting, and tips. */
function broughtBy(job: Job): number {
  return (job.shareProof?.driverShare ?? 0) + (job.waiting?.driverShare ?? 0) + tipsOf(job);
}

function besideFare(job: Job): string {
  const tips = tipsOf(job);
  const waited = job.waiting?.driverShare ?? 0;
  return [tips ? ` · ${say.withTip(rupiah(tips))}` : "", waited ? ` · ${say.withWaiting(rupiah(waited))}` : ""].join(
    "",
  );
}
