import { CircleHelp, HandCoins, Wallet } from "lucide";
import { useState } from "preact/hooks";
import { thing } from "../ground/client";
import { count, rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { AmountSheet } from "../ground/parts/amount-sheet";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Older } from "../ground/parts/older";
import { Opener } from "../ground/parts/opener";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { toast } from "../ground/parts/toast";
import { RatingList, ReportRating } from "../ground/ratings/rating-list";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { EarningsDocument, type EarningsQuery, OlderCashDocument, SetOffCashDocument } from "./api";
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
                <Cash driver={viewer.driving} onChanged={asked.again} />
                <Rating driver={viewer.driving} />
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

function Cash({ driver, onChanged }: { driver: Driving; onChanged: () => Promise<void> }) {
  const most = Math.max(0, Math.min(driver.cashInHand ?? 0, driver.earningsDue ?? 0));
  const keep = async (amount: number, idempotencyKey: string) => {
    thing((await ask(SetOffCashDocument, { input: { driverId: driver.id, amount, idempotencyKey } })).setOffCash);
    toast(say.kept(rupiah(amount)));
  };
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
      <Opener icon={HandCoins} isDisabled={most <= 0} isWide label={say.keep} look="quiet" onDone={onChanged}>
        {(ending) => (
          <AmountSheet
            {...ending}
            help={say.keepHelp}
            hint={say.keepHint(rupiah(most))}
            label={say.keepThis}
            onDo={keep}
            start={most}
            title={say.keep}
          />
        )}
      </Opener>
      {driver.cashReceipts && (
        <Older
          document={OlderCashDocument}
          first={driver.cashReceipts}
          of={({ viewer }) => viewer?.driving?.cashReceipts}
          variables={{}}
        >
          {(receipts) =>
            receipts.map(({ id, clearing, amount, at }) => (
              <p key={id}>
                {named(clearings, clearing)} · {rupiah(amount)} · {time(at)}
              </p>
            ))
          }
        </Older>
      )}
    </Card>
  );
}

/** What buyers say of him: the words from five ratings on. */
function Rating({ driver }: { driver: Driving }) {
  const { count: n, average } = driver.rating ?? { count: 0, average: null };
  const [reported, setReported] = useState<string>();
  const ratings = driver.ratings?.nodes ?? [];
  return (
    <Card>
      <h2>{say.rating}</h2>
      <p>{average == null ? say.ratingFew(count(n)) : say.ratingIs(count(average), count(n))}</p>
      <p>{say.ratingHelp}</p>
      {ratings.length > 0 && <RatingList onReport={setReported} ratings={ratings} />}
      {reported && <ReportRating id={reported} onClose={() => setReported(undefined)} />}
    </Card>
  );
}

function isToday(job: Job | undefined): boolean {
  return job?.endedAt != null && new Date(job.endedAt).toDateString() === new Date().toDateString();
}

function tipsOf(job: Job): number {
  return job.tips.filter((tip) => tip.state === "GIVEN").reduce((all, tip) => all + tip.amount, 0);
}

/** His part of the fare (of goods that came back too), what he was paid for waiting, and tips. */
function broughtBy(job: Job): number {
  return (job.driverPay ?? 0) + (job.waiting?.driverShare ?? 0) + tipsOf(job);
}

function besideFare(job: Job): string {
  const tips = tipsOf(job);
  const waited = job.waiting?.driverShare ?? 0;
  return [tips ? ` · ${say.withTip(rupiah(tips))}` : "", waited ? ` · ${say.withWaiting(rupiah(waited))}` : ""].join(
    "",
  );
}
