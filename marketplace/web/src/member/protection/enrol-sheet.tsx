import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn, rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { EnrolDocument, ProgrammesDocument, type ProgrammesQuery } from "../api";
import type { Membership } from "../with-membership";
import { say } from "./words";

type Programme = NonNullable<ProgrammesQuery["cooperative"]>["protectionProgrammes"][number];
type EnrolSheetProps = Ending & {
  membership: Membership;
  /** Ids of the programmes that he is in. */
  inAlready: string[];
};

/** The co-op's programmes that he is not in yet, and what each asks of who enrols. */
export function EnrolSheet({ membership, inAlready, onClose, onDone }: EnrolSheetProps) {
  const asked = useAsked(ProgrammesDocument, { slug: membership.cooperative.slug });
  return (
    <Sheet onClose={onClose} title={say.enrol}>
      <Loaded asked={asked}>
        {({ cooperative }) => {
          const open = (cooperative?.protectionProgrammes ?? []).filter(
            ({ id, isRetired }) => !isRetired && !inAlready.includes(id),
          );
          if (!open.length) return <p>{say.noProgrammes}</p>;
          return <EnrolForm membershipId={membership.id} onDone={onDone} programmes={open} />;
        }}
      </Loaded>
    </Sheet>
  );
}

type EnrolFormProps = { membershipId: string; programmes: Programme[]; onDone: () => Promise<void> };

function EnrolForm({ membershipId, programmes, onDone }: EnrolFormProps) {
  const [chosenId, setChosenId] = useState(programmes[0]?.id ?? "");
  const [typed, setTyped] = useState({ amount: "", participantNumber: "", healthClass: "3", hasOldAge: false });
  const intent = useIntent();
  const chosen = programmes.find(({ id }) => id === chosenId);
  const amount = numberIn(typed.amount) ?? 0;
  const asksAmount = chosen?.kind === "EMPLOYMENT" || chosen?.kind === "PENSION";
  const enrolling = useDoing(async () => {
    const { participantNumber, hasOldAge, healthClass } = typed;
    const wanted = {
      membershipId,
      programmeId: chosenId,
      participantNumber,
      ...(chosen?.kind === "EMPLOYMENT" && { income: amount, hasOldAge }),
      ...(chosen?.kind === "PENSION" && { contribution: amount }),
      ...(chosen?.kind === "HEALTH" && { healthClass: Number(healthClass) }),
    };
    thing((await ask(EnrolDocument, { input: { ...wanted, idempotencyKey: intent.key(wanted) } })).enrolInProtection);
    intent.settle();
    toast(say.enrolled);
    await onDone();
  });
  const wrong = (path: string) => enrolling.refused?.field(path);
  return (
    <>
      <Choices about={say.enrolIn}>
        {programmes.map(({ id, name, provider, premium }) => {
          const about = premium ? say.premium(rupiah(premium)) : provider;
          return (
            <Choice
              group="programme"
              isChosen={id === chosenId}
              key={id}
              label={
                about === name ? (
                  name
                ) : (
                  <>
                    {name}
                    <br />
                    <small>{about}</small>
                  </>
                )
              }
              onChoose={() => setChosenId(id)}
              type="radio"
            />
          );
        })}
      </Choices>
      {asksAmount && (
        <Field
          inputMode="numeric"
          label={chosen?.kind === "EMPLOYMENT" ? say.income : say.contribution}
          most={15}
          onChange={(text) => setTyped((was) => ({ ...was, amount: text }))}
          value={typed.amount}
          wrong={wrong("income") ?? wrong("contribution")}
          {...(chosen?.kind === "EMPLOYMENT" && { hint: say.incomeHelp })}
        />
      )}
      {chosen?.kind === "EMPLOYMENT" && (
        <Choice
          group="old-age"
          isChosen={typed.hasOldAge}
          label={say.oldAge}
          onChoose={(hasOldAge) => setTyped((was) => ({ ...was, hasOldAge }))}
          type="checkbox"
        />
      )}
      {chosen?.kind === "HEALTH" && (
        <Select
          label={say.healthClass}
          onChange={(healthClass) => setTyped((was) => ({ ...was, healthClass }))}
          value={typed.healthClass}
          wrong={wrong("healthClass")}
        >
          {[1, 2, 3].map((n) => (
            <option key={n} value={n}>
              {say.class(n)}
            </option>
          ))}
        </Select>
      )}
      <Field
        label={say.participant}
        most={20}
        onChange={(participantNumber) => setTyped((was) => ({ ...was, participantNumber }))}
        value={typed.participantNumber}
        wrong={wrong("participantNumber")}
      />
      <Trouble refused={enrolling.refused} />
      <Button
        isBusy={enrolling.isRunning}
        isDisabled={asksAmount && !amount}
        isWide
        onPress={() => void enrolling.run()}
      >
        {say.enrol}
      </Button>
    </>
  );
}
