import { Bike, CircleAlert, Siren } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { account } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { type DeliveryJobState, DrivingDocument, type DrivingQuery, type DropState, HeldDocument } from "./api";
import { Board } from "./board";
import { DriverTabs } from "./driver-tabs";
import { isHeld, useKeptJobs } from "./held-job";
import { Offers } from "./offers";
import { ahead, dropAt } from "./queue/ahead";
import { queue } from "./queue/own";
import { ShiftCard } from "./shift-card";
import { HelpSheet } from "./trouble/help-sheet";
import { say as help } from "./trouble/words";
import { Unsent } from "./unsent";
import { usePlaceTold } from "./where";
import { jobStates, say } from "./words";

type Driving = NonNullable<NonNullable<DrivingQuery["viewer"]>["driving"]>;

/** A driver's first page: his shift, what he holds, what is offered to him, and what lies on the board. */
export default function Work() {
  const asked = useAsked(DrivingDocument, account.value ? {} : null);
  return (
    <Page title={say.work}>
      <SignedIn>
        {!asked.answer && asked.refused && (
          <div class="stack">
            <Unsent />
            <Held />
          </div>
        )}
        <Loaded asked={asked}>
          {({ viewer }) =>
            viewer?.driving?.state === "APPROVED" ? (
              <AtWork driver={viewer.driving} onChanged={asked.again} />
            ) : (
              <NotYet driver={viewer?.driving ?? null} />
            )
          }
        </Loaded>
      </SignedIn>
      <DriverTabs />
    </Page>
  );
}

function AtWork({ driver, onChanged }: { driver: Driving; onChanged: () => Promise<void> }) {
  const [needsHelp, setHelp] = useState(false);
  const isActive = driver.shift?.state === "ACTIVE";
  usePlaceTold(driver.shift != null && driver.shift.state !== "ENDED");
  return (
    <div class="stack">
      {isActive && <Offers />}
      <ShiftCard onChanged={onChanged} shift={driver.shift ?? null} />
      <Unsent />
      <Held />
      {isActive && <Board />}
      <Button icon={Siren} isWide look="plain" onPress={() => setHelp(true)}>
        {help.help}
      </Button>
      {needsHelp && <HelpSheet onClose={() => setHelp(false)} />}
    </div>
  );
}

function NotYet({ driver }: { driver: Driving | null }) {
  if (!driver) {
    return (
      <Empty icon={Bike} title={say.notDriver}>
        <p>{say.notDriverHelp}</p>
      </Empty>
    );
  }
  const title = { APPLIED: say.applied, REFUSED: say.refused, SUSPENDED: say.suspended }[driver.state as string];
  return (
    <Empty icon={CircleAlert} title={title ?? say.notDriver}>
      {driver.reason && <p>{driver.reason}</p>}
    </Empty>
  );
}

const BEFORE_PICKUP = new Set<DeliveryJobState>(["ASSIGNED", "AT_PICKUP"]);

/** The jobs that he holds; nothing where there are none. */
function Held() {
  const asked = useAsked(HeldDocument, {});
  const kept = useKeptJobs();
  const unsent = queue.value?.unsent.value ?? [];
  const held = asked.answer ? (asked.answer.viewer?.driving?.jobs?.nodes ?? []) : kept;
  const jobs = held.map((job) => ahead(job, unsent)).filter((job) => isHeld(job.state));
  if (!jobs.length) return null;
  return (
    <section class="stack">
      <h2>{say.held}</h2>
      <Rows>
        {jobs.map((job) => (
          <li key={job.id}>
            <HeldRow job={job} />
          </li>
        ))}
      </Rows>
    </section>
  );
}

type HeldRowProps = {
  job: {
    id: string;
    state: DeliveryJobState;
    pickup: { name: string | null; address: string | null };
    drops: { state: DropState; address: string | null }[];
  };
};

/** Whereto he goes next: to the shop until he has the goods, then to the door. */
function HeldRow({ job }: HeldRowProps) {
  const to = BEFORE_PICKUP.has(job.state) ? undefined : dropAt(job.drops);
  return (
    <Row
      href={`/antar/tugas/${encodeURIComponent(job.id)}`}
      note={
        <>
          {!to && job.pickup.address && (
            <>
              {job.pickup.address}
              <br />
            </>
          )}
          <Badge tone="good">{named(jobStates, job.state)}</Badge>
        </>
      }
      title={to?.address ? say.bringTo(to.address) : job.pickup.name}
    />
  );
}
