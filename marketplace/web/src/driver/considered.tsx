import { CircleHelp } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { time } from "../ground/figures";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Field } from "../ground/parts/field";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { AppealDocument, ConsideredDocument, type ConsideredQuery } from "./api";
import { say } from "./words";

type Driving = NonNullable<NonNullable<ConsideredQuery["viewer"]>["driving"]>;
type Considered = NonNullable<Driving["considerations"]>["nodes"][number];

/** For which jobs he was considered, and why each was offered to him or not. */
export default function ConsideredPage() {
  const { asked, nodes, more } = usePaged(ConsideredDocument, ({ viewer }) => viewer?.driving?.considerations);
  const [appealed, setAppealed] = useState<string>();
  return (
    <Page backTo="/antar/hasil" title={say.whyNotMe}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            nodes.length ? (
              <div class="stack">
                {nodes.map((considered) => (
                  <ConsideredCard
                    considered={considered}
                    key={`${considered.jobId} ${considered.round}`}
                    onAppeal={() => setAppealed(considered.jobId)}
                  />
                ))}
                <More more={more} />
              </div>
            ) : (
              <Empty icon={CircleHelp} title={say.notConsidered}>
                <p>{say.notConsideredHelp}</p>
              </Empty>
            )
          }
        </Loaded>
        {appealed && <AppealSheet jobId={appealed} onClose={() => setAppealed(undefined)} />}
      </SignedIn>
    </Page>
  );
}

function ConsideredCard({ considered, onAppeal }: { considered: Considered; onAppeal: () => void }) {
  const isOffered = considered.outcome === "OFFERED";
  return (
    <Card>
      <div>
        <Badge tone={isOffered ? "good" : "warn"}>{isOffered ? say.wasOffered : say.wasSkipped}</Badge>
      </div>
      {considered.job && <h2 class="two-lines">{considered.job.pickup.name}</h2>}
      <p>{considered.words}</p>
      <ul>
        {considered.factors.map((factor) => (
          <li key={factor.kind}>{factor.words}</li>
        ))}
      </ul>
      <p>{time(considered.at)}</p>
      <Button look="plain" onPress={onAppeal}>
        {say.appeal}
      </Button>
    </Card>
  );
}

function AppealSheet({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const intent = useIntent();
  const sending = useDoing(async () => {
    const input = { jobId, text: text.trim() };
    thing((await ask(AppealDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).appealDispatch);
    intent.settle();
    toast(say.appealed);
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.appeal}>
      <p>{say.appealHelp}</p>
      <Field
        label={say.appealText}
        most={500}
        onChange={setText}
        rows={3}
        value={text}
        wrong={sending.refused?.field("text")}
      />
      <Trouble refused={sending.refused} />
      <Button isBusy={sending.isRunning} isDisabled={!text.trim()} isWide onPress={() => void sending.run()}>
        {say.send}
      </Button>
    </Sheet>
  );
}
