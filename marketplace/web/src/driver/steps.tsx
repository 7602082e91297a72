import { MapPin } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { rupiah, soon } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Field } from "../ground/parts/field";
import { Icon } from "../ground/parts/icon";
import { Trouble } from "../ground/parts/trouble";
import type { HeldJobFragment } from "./api";
import { FailSheet } from "./fail-sheet";
import { GiveUpSheet } from "./give-up-sheet";
import { PhotoButton } from "./photo-button";
import { dropAt } from "./queue/ahead";
import type { Happening } from "./queue/book";
import { queue } from "./queue/own";
import { SignatureButton } from "./signature";
import styles from "./steps.module.css";
import { soonKnown } from "./where";
import { say } from "./words";

type StepProps = { job: HeldJobFragment };
const PIN_DIGITS = 4;

/** Write down what happened at this job, with where, and send it as soon as that works. */
export function useTelling(job: HeldJobFragment) {
  return useDoing(async (happening: Omit<Happening, "jobId">) => {
    const place = await soonKnown();
    await queue.value?.tell({ ...happening, jobId: job.id, ...(place ? { place } : {}) });
  });
}

export function ToPickup({ job }: StepProps) {
  return (
    <Card>
      <h2>{say.goToShop}</h2>
      <Stop address={job.pickup.address} name={job.pickup.name} place={job.pickup.place} />
      {job.pickup.readyAt && <p>{say.ready(soon(job.pickup.readyAt))}</p>}
      <Press job={job} happening={{ kind: "ARRIVE_AT_PICKUP" }}>
        {say.atShop}
      </Press>
      <GivingUp job={job} />
    </Card>
  );
}

export function AtPickup({ job }: StepProps) {
  return (
    <Card>
      <h2>{say.takeGoods}</h2>
      <Stop address={job.pickup.address} name={job.pickup.name} place={job.pickup.place} />
      <PhotoButton job={job} moment="PICKUP" />
      <ByPin hint={say.shopPinHelp} job={job} kind="PICK_UP" label={say.shopPin}>
        {say.goodsTaken}
      </ByPin>
      <GivingUp job={job} />
    </Card>
  );
}

export function ToDoor({ job }: StepProps) {
  const drop = dropAt(job.drops);
  return (
    <Card>
      <h2>{say.goToDoor}</h2>
      {drop && <Door drop={drop} />}
      <Press happening={{ kind: "ARRIVE_AT_DROP_OFF", ...(drop ? { dropId: drop.id } : {}) }} job={job}>
        {say.atDoor}
      </Press>
    </Card>
  );
}

export function AtDoor({ job }: StepProps) {
  const drop = dropAt(job.drops);
  const [isFailing, setFailing] = useState(false);
  const [hasPhoto, setPhoto] = useState(false);
  const [signature, setSignature] = useState("");
  if (!drop) return null;
  return (
    <Card>
      <h2>{say.handOver}</h2>
      <Door drop={drop} />
      <PhotoButton dropId={drop.id} job={job} moment="DROP_OFF" onTaken={() => setPhoto(true)} />
      <SignatureButton onSigned={setSignature} path={signature} />
      <ByPin
        dropId={drop.id}
        hint={say.doorPinHelp}
        job={job}
        kind="DROP_OFF"
        label={say.doorPin}
        signature={signature}
      >
        {say.handedOver}
      </ByPin>
      {(hasPhoto || signature) && (
        <Press
          happening={{ kind: "DROP_OFF", dropId: drop.id, ...(signature ? { signature } : {}) }}
          job={job}
          look="quiet"
        >
          {say.byProof}
        </Press>
      )}
      <Button isWide look="plain" onPress={() => setFailing(true)}>
        {say.cantDeliver}
      </Button>
      {isFailing && <FailSheet dropId={drop.id} job={job} onClose={() => setFailing(false)} />}
    </Card>
  );
}

export function Returning({ job }: StepProps) {
  const failed = job.drops.find((drop) => drop.state === "FAILED");
  return (
    <Card>
      <h2>{say.bringBack}</h2>
      <Stop address={job.pickup.address} name={job.pickup.name} place={job.pickup.place} />
      <ByPin hint={say.shopPinHelp} job={job} kind="RETURN" label={say.returnPin}>
        {say.broughtBack}
      </ByPin>
      {failed && (
        <Press happening={{ kind: "RETRY", dropId: failed.id }} job={job} look="quiet">
          {say.tryAgain}
        </Press>
      )}
    </Card>
  );
}

type StopProps = { name: string | null; address: string | null; place: { lat: number; lon: number } };

function Stop({ name, address, place }: StopProps) {
  return (
    <div>
      <p class={styles.name}>{name}</p>
      <p>{address}</p>
      <a class={styles.map} href={`geo:${place.lat},${place.lon}?q=${place.lat},${place.lon}`}>
        <Icon of={MapPin} size={20} />
        {say.map}
      </a>
    </div>
  );
}

function Door({ drop }: { drop: HeldJobFragment["drops"][number] }) {
  return (
    <>
      <Stop address={drop.address} name={drop.name} place={drop.place} />
      {drop.note && <p class="three-lines">{say.noteOfBuyer(drop.note)}</p>}
      <p class={styles.cash}>{drop.cashToCollect ? say.collect(rupiah(drop.cashToCollect)) : say.paid}</p>
    </>
  );
}

type PressProps = StepProps & {
  happening: Omit<Happening, "jobId">;
  look?: "main" | "quiet";
  children: ComponentChildren;
};

function Press({ job, happening, look = "main", children }: PressProps) {
  const telling = useTelling(job);
  return (
    <>
      <Trouble refused={telling.refused} />
      <Button isBusy={telling.isRunning} isWide look={look} onPress={() => void telling.run(happening)}>
        {children}
      </Button>
    </>
  );
}

type ByPinProps = StepProps & {
  kind: "PICK_UP" | "DROP_OFF" | "RETURN";
  dropId?: string;
  label: string;
  hint: string;
  signature?: string;
  children: ComponentChildren;
};

/** A hand-over that the other side's PIN proves. */
function ByPin({ job, kind, dropId, label, hint, signature, children }: ByPinProps) {
  const [pin, setPin] = useState("");
  const telling = useTelling(job);
  const tell = async (event: Event) => {
    event.preventDefault();
    await telling.run({ kind, pin, ...(dropId ? { dropId } : {}), ...(signature ? { signature } : {}) });
    setPin("");
  };
  return (
    <form class="stack" onSubmit={(event) => void tell(event)}>
      <Field
        autocomplete="off"
        hint={hint}
        inputMode="numeric"
        label={label}
        most={PIN_DIGITS}
        onChange={(typed) => setPin(typed.replace(/\D/g, ""))}
        value={pin}
      />
      <Trouble refused={telling.refused} />
      <Button isBusy={telling.isRunning} isDisabled={pin.length < PIN_DIGITS} isWide type="submit">
        {children}
      </Button>
    </form>
  );
}

function GivingUp({ job }: StepProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button isWide look="plain" onPress={() => setAsked(true)}>
        {say.giveUp}
      </Button>
      {isAsked && <GiveUpSheet job={job} onClose={() => setAsked(false)} />}
    </>
  );
}
