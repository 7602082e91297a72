import { MapPin } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { count, distance, metresBetween, rupiah, soon } from "../ground/figures";
import { useLive } from "../ground/live";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Loaded } from "../ground/parts/loading";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { BoardChangedDocument, BoardDocument, type BoardJobFragment, ClaimDocument } from "./api";
import { known } from "./where";
import { say } from "./words";

type Point = { lat: number; lon: number };

/** What everybody near may take; the first who does holds it. */
export function Board() {
  const [near, setNear] = useState<Point | null>();
  useEffect(() => void known().then(setNear), []);
  const variables = near === undefined ? null : { near };
  const asked = useAsked(BoardDocument, variables);
  const refresh = () => void asked.again();
  useLive(BoardChangedDocument, variables, refresh, refresh);
  return (
    <section class="stack">
      <h2>{say.board}</h2>
      <Loaded asked={asked}>
        {({ jobBoard }) =>
          jobBoard.nodes.length ? (
            jobBoard.nodes.map((job) => <BoardCard job={job} key={job.id} near={near ?? null} onGone={asked.again} />)
          ) : (
            <Empty icon={MapPin} title={say.noJobs}>
              <p>{say.noJobsHelp}</p>
            </Empty>
          )
        }
      </Loaded>
    </section>
  );
}

type BoardCardProps = { job: BoardJobFragment; near: Point | null; onGone: () => Promise<void> };

function BoardCard({ job, near, onGone }: BoardCardProps) {
  const { route } = useLocation();
  const intent = useIntent();
  const claiming = useDoing(async () => {
    const input = { jobId: job.id };
    const { claimJob } = await ask(ClaimDocument, { input: { ...input, idempotencyKey: intent.key(input) } });
    intent.settle();
    if (claimJob.__typename === "Problem") await onGone();
    thing(claimJob);
    toast(say.taken);
    route(`/antar/tugas/${encodeURIComponent(job.id)}`);
  });
  const shop = job.seller?.name ?? job.pickup.address;
  return (
    <Card about={`${shop}, ${rupiah(job.price)}, ${distance(job.distance)}`}>
      <h3>{shop}</h3>
      <p>
        {job.pickup.address}
        {job.pickup.readyAt && ` · ${say.ready(soon(job.pickup.readyAt))}`}
      </p>
      <Facts
        facts={[
          { name: say.fare, is: rupiah(job.price), isLarge: true },
          { name: say.cash, is: job.cashToCollect ? rupiah(job.cashToCollect) : say.noCash },
          ...(near ? [{ name: say.toShop, is: distance(metresBetween(near, job.pickup.place)) }] : []),
          { name: say.ride, is: distance(job.distance) },
          { name: say.weight, is: say.kilograms(count(Math.max(1, Math.round(job.weight / 1000)))) },
        ]}
      />
      <Trouble refused={claiming.refused} />
      <Button isBusy={claiming.isRunning} isWide onPress={() => void claiming.run()}>
        {say.take}
      </Button>
    </Card>
  );
}
