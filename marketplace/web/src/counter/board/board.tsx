import { Bike } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { rupiah, time } from "../../ground/figures";
import { named } from "../../ground/language";
import { useLive } from "../../ground/live";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { BoardLiveDocument, BoardNowDocument, CrewDocument, type CrewQuery, type DispatchJobFragment } from "../api";
import { CounterTabs } from "../counter-tabs";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { AssignSheet } from "./assign-sheet";
import { changed, isLive, type LiveJobs } from "./live-jobs";
import { MapPlane, type Mark } from "./map";
import { jobStates, say } from "./words";

type Crew = NonNullable<CrewQuery["cooperative"]>["drivers"]["nodes"];

const TROUBLED = new Set(["OPEN", "OFFERED", "UNSERVED", "RETURNING"]);
/** From these a dispatcher may still give a job to another. */
const BEFORE_PICKUP = new Set(["OPEN", "OFFERED", "UNSERVED", "ASSIGNED", "AT_PICKUP"]);

/** The deliveries under way, live on a map, and the way to give one to a driver. */
export default function Board() {
  return (
    <Page isWide title={common.board}>
      <WithCooperative>{(cooperative) => <Watched cooperative={cooperative} />}</WithCooperative>
      <CounterTabs />
    </Page>
  );
}

function Watched({ cooperative }: { cooperative: Cooperative }) {
  const asked = useAsked(BoardNowDocument, { slug: cooperative.slug });
  const crew = useAsked(CrewDocument, { slug: cooperative.slug });
  const [live, setLive] = useState<LiveJobs>();
  useLive(
    BoardLiveDocument,
    { cooperativeId: cooperative.id },
    ({ dispatchBoardChanged }) => {
      setLive((was) => changed(was, dispatchBoardChanged));
      void crew.again();
    },
    () => {
      setLive(undefined);
      void asked.again();
      void crew.again();
    },
  );
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const jobs = live ? [...live.jobs.values()] : (answer.cooperative?.jobs.nodes ?? []).filter(isLive);
        return <Shown crew={crew.answer?.cooperative?.drivers.nodes ?? []} jobs={jobs} load={live?.load} />;
      }}
    </Loaded>
  );
}

type ShownProps = { jobs: readonly DispatchJobFragment[]; crew: Crew; load: LiveJobs["load"] | undefined };

function Shown({ jobs, crew, load }: ShownProps) {
  const [chosenId, setChosenId] = useState<string>();
  const [givenId, setGivenId] = useState<string>();
  const given = jobs.find(({ id }) => id === givenId);
  return (
    <div class="columns">
      <div class="stack">
        <p role="status">{load && say.load(load.open + load.offered + load.unserved, load.held, load.ready)}</p>
        <MapPlane about={say.map} lines={linesOf(jobs)} marks={marksOf(jobs, crew, chosenId)} />
      </div>
      <div class="stack">
        {jobs.length === 0 && (
          <Empty icon={Bike} title={say.noJobs}>
            <p>{say.noJobsHelp}</p>
          </Empty>
        )}
        {jobs.map((job) => (
          <JobCard
            isChosen={job.id === chosenId}
            job={job}
            key={job.id}
            onChoose={() => setChosenId(job.id === chosenId ? undefined : job.id)}
            onGive={() => setGivenId(job.id)}
          />
        ))}
      </div>
      {given && <AssignSheet job={given} onClose={() => setGivenId(undefined)} />}
    </div>
  );
}

function linesOf(jobs: readonly DispatchJobFragment[]) {
  return jobs.flatMap(({ pickup, drops }) =>
    drops.map((drop, n) => [drops[n - 1]?.place ?? pickup.place, drop.place] as const),
  );
}

function marksOf(jobs: readonly DispatchJobFragment[], crew: Crew, chosenId: string | undefined): Mark[] {
  const places = jobs.flatMap(({ id, pickup, drops }) => [
    { id: `${id} from`, kind: "pickup" as const, at: pickup.place, name: pickup.name, isChosen: id === chosenId },
    ...drops.map((drop) => ({
      id: drop.id,
      kind: "drop" as const,
      at: drop.place,
      name: drop.address ?? pickup.name,
      isChosen: id === chosenId,
    })),
  ]);
  const drivers = crew.flatMap(({ id, name, shift }) =>
    shift ? [{ id, kind: "driver" as const, at: shift.place, name }] : [],
  );
  const known = new Set(drivers.map(({ id }) => id));
  const others = jobs.flatMap(({ driver, riderPlace }) =>
    driver && riderPlace && !known.has(driver.id)
      ? [{ id: driver.id, kind: "driver" as const, at: riderPlace.place, name: driver.name }]
      : [],
  );
  return [...places, ...drivers, ...others];
}

type JobCardProps = { job: DispatchJobFragment; isChosen: boolean; onChoose: () => void; onGive: () => void };

function JobCard({ job, isChosen, onChoose, onGive }: JobCardProps) {
  const offered = job.offers.filter(({ state }) => state === "OPEN").map(({ driver }) => driver?.name ?? "–");
  return (
    <Card>
      <h2 class="two-lines">{job.pickup.name}</h2>
      <p>
        <Badge tone={TROUBLED.has(job.state) ? "warn" : "good"}>{named(jobStates, job.state)}</Badge>
      </p>
      <p>
        {job.pickup.address}
        {job.drops.map((drop) => drop.address && ` → ${drop.address}`)}
      </p>
      <p>
        {say.fee(rupiah(job.price))}
        {job.cashToCollect > 0 && ` · ${say.cash(rupiah(job.cashToCollect))}`} · {say.orderedAt(time(job.openedAt))}
        {job.driver && ` · ${say.carriedBy(job.driver.name)}`}
        {offered.length > 0 && ` · ${say.offeredTo(offered.join(", "))}`}
      </p>
      <div class="beside">
        {BEFORE_PICKUP.has(job.state) && <Button onPress={onGive}>{job.driver ? say.reassign : say.assign}</Button>}
        <Button look="quiet" onPress={onChoose}>
          {isChosen ? say.hideOnMap : say.showOnMap}
        </Button>
      </div>
    </Card>
  );
}
