import { CircleCheck, PackageX } from "lucide";
import { useRoute } from "preact-iso";
import { rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loading } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Unloaded } from "../ground/parts/trouble";
import { SignedIn } from "../ground/signed-in";
import type { HeldJobFragment } from "./api";
import { Contact } from "./contact";
import { isHeld, useHeldJob } from "./held-job";
import { AtDoor, AtPickup, Returning, ToDoor, ToPickup } from "./steps";
import { TroubleCard } from "./trouble/trouble-card";
import { Unsent } from "./unsent";
import { jobStates, say } from "./words";

/** A job from the shop to the door, one step at a time; it works without a network. */
export default function JobPage() {
  const { params } = useRoute();
  const { asked, job } = useHeldJob(params.id ?? "");
  return (
    <Page backTo="/antar" title={job ? named(jobStates, job.state) : say.job}>
      <SignedIn>
        <div class="stack">
          <Unsent />
          {job ? (
            <Step job={job} />
          ) : asked.answer ? (
            <Empty icon={PackageX} title={say.noJob}>
              <ButtonLink href="/antar">{say.toWork}</ButtonLink>
            </Empty>
          ) : asked.refused ? (
            <Unloaded onAgain={() => void asked.again()} refused={asked.refused} />
          ) : (
            <Loading />
          )}
        </div>
      </SignedIn>
    </Page>
  );
}

const STEPS = {
  ASSIGNED: ToPickup,
  AT_PICKUP: AtPickup,
  CARRYING: ToDoor,
  AT_DROPOFF: AtDoor,
  RETURNING: Returning,
};

function Step({ job }: { job: HeldJobFragment }) {
  const Now = STEPS[job.state as keyof typeof STEPS];
  if (Now) {
    return (
      <>
        <Now job={job} key={job.state} />
        <Contact job={job} key={`contact ${job.state}`} />
        <TroubleCard job={job} />
      </>
    );
  }
  return (
    <Empty icon={CircleCheck} title={job.state === "DELIVERED" ? say.wholeDelivered : named(jobStates, job.state)}>
      <Brought job={job} />
      <ButtonLink href="/antar">{say.toWork}</ButtonLink>
    </Empty>
  );
}

/** What it brought him, once the node has reckoned it, and the cash of it that he holds. */
function Brought({ job }: { job: HeldJobFragment }) {
  if (isHeld(job.state)) return null;
  const taken = job.drops.filter(({ state }) => state === "DELIVERED");
  const cash = taken.reduce((sum, drop) => sum + drop.cashToCollect, 0);
  return (
    <>
      {job.driverPay ? <p>{say.earned(rupiah(job.driverPay))}</p> : job.state !== "DELIVERED" && <p>{say.over}</p>}
      {cash > 0 && <p>{say.cashHeld(rupiah(cash))}</p>}
    </>
  );
}
