import { useState } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { rupiah } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { type FailureCode, FailureTermsDocument, type FailureTermsQuery, type HeldJobFragment } from "./api";
import { useTelling } from "./steps";
import { failures, say } from "./words";

type Terms = Extract<NonNullable<FailureTermsQuery["node"]>, { __typename: "DeliveryJob" }>["failureTerms"][number];
type FailSheetProps = { job: HeldJobFragment; dropId: string; onClose: () => void };

/** In the order in which they happen most. */
const CODES: FailureCode[] = [
  "NOBODY_HOME",
  "WRONG_ADDRESS",
  "REFUSED",
  "CASH_DISPUTE",
  "CLOSED",
  "DAMAGED",
  "UNREACHABLE",
  "WEATHER",
  "VEHICLE",
  "ACCIDENT",
  "UNSAFE",
  "OTHER",
];

/** Why it can't be handed over, with what each reason means for him where the network tells it. */
export function FailSheet({ job, dropId, onClose }: FailSheetProps) {
  const [code, setCode] = useState<FailureCode>();
  const [text, setText] = useState("");
  const { answer } = useAsked(FailureTermsDocument, { id: job.id, dropId });
  const terms = answer?.node?.__typename === "DeliveryJob" ? answer.node.failureTerms : [];
  const telling = useTelling(job);
  const isTold = code !== "OTHER" || text.trim() !== "";
  const fail = async () => {
    if (code && (await telling.run({ kind: "FAIL", dropId, failureCode: code, text: text.trim() }))) onClose();
  };
  return (
    <Sheet onClose={onClose} title={say.cantDeliver}>
      <Choices about={say.whyNot}>
        {CODES.map((known) => (
          <Choice
            group="failure"
            isChosen={code === known}
            key={known}
            label={failures[known]}
            onChoose={() => setCode(known)}
            type="radio"
          />
        ))}
      </Choices>
      <p aria-live="polite">{meaning(terms.find((term) => term.code === code))}</p>
      <Field label={say.whyNotText} most={300} onChange={setText} rows={2} value={text} />
      <Trouble refused={telling.refused} />
      <Button
        isBusy={telling.isRunning}
        isDisabled={!code || !isTold}
        isWide
        look="danger"
        onPress={() => void fail()}
      >
        {say.cantDeliver}
      </Button>
    </Sheet>
  );
}

function meaning(terms: Terms | undefined): string {
  if (!terms) return "";
  const callsLeft = terms.callsNeeded - terms.callsMade;
  const parts = [
    callsLeft > 0 ? say.callsLeft(callsLeft) : "",
    terms.ridePay ? say.ridePaid(rupiah(terms.ridePay)) : "",
    terms.mayRetry ? say.mayRetry : "",
  ];
  return parts.filter(Boolean).join(" · ");
}
