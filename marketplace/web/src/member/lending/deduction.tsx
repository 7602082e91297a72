import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { listed, named } from "../../ground/language";
import { measured } from "../../ground/measured";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Choice, Choices } from "../../ground/parts/choice";
import { Loaded } from "../../ground/parts/loading";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { dueKinds } from "../../ground/values";
import {
  AgreeToDeductionDocument,
  type AgreeToDeductionMutationVariables,
  DeductionDocument,
  type DeductionQuery,
  EndDeductionDocument,
} from "../api";
import type { Membership } from "../with-membership";
import { say } from "./words";

type Kinds = AgreeToDeductionMutationVariables["input"]["kinds"];
type Kind = Extract<NonNullable<Kinds>, readonly unknown[]>[number];
type Mine = Extract<NonNullable<DeductionQuery["node"]>, { __typename: "Membership" }>;
type Consent = NonNullable<Mine["deductionConsent"]>;

const KINDS: readonly Kind[] = [
  "LOAN",
  "MANDATORY_SAVINGS",
  "PRINCIPAL_SAVINGS",
  "VOLUNTARY_SAVINGS",
  "PROTECTION",
  "PURCHASE",
  "OPERATING",
];
/** Shares are offered in steps of this many basis points. */
const STEP = 500;

/** What share of his earnings a member lets his co-op keep for what he owes: agreed to, changed and ended by himself. */
export function Deduction({ membership }: { membership: Membership }) {
  const { id, cooperative } = membership;
  const asked = useAsked(DeductionDocument, { slug: cooperative.slug, membershipId: id });
  return (
    <Card>
      <h2>{say.deduction}</h2>
      <Loaded asked={asked}>
        {({ cooperative, node }) => {
          const consent = node?.__typename === "Membership" ? node.deductionConsent : null;
          const most = cooperative?.byLaws.inForce.find(({ name }) => name === "DEDUCTION_SHARE")?.value ?? 0;
          return (
            <>
              <p>{consent ? told(consent) : say.noDeduction}</p>
              <Opener
                isWide
                label={consent ? say.changeDeduction : say.agreeDeduction}
                look="quiet"
                onDone={asked.again}
              >
                {(ending) => <DeductionSheet {...ending} consent={consent} membershipId={id} most={most} />}
              </Opener>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function told({ share, kinds }: Consent): string {
  const dues = kinds.length ? listed(kinds.map((kind) => named(dueKinds, kind).toLowerCase())) : say.allDues;
  return say.deducted(measured("BASIS_POINTS", share), dues);
}

type DeductionSheetProps = Ending & {
  membershipId: string;
  consent: Consent | null;
  /** Basis points that the by-laws allow. */
  most: number;
};

function DeductionSheet({ membershipId, consent, most, onClose, onDone }: DeductionSheetProps) {
  const shares = sharesUpTo(most);
  const [share, setShare] = useState(
    consent && shares.includes(consent.share) ? consent.share : (shares[Math.floor(shares.length / 2)] ?? most),
  );
  const [kinds, setKinds] = useState<readonly Kind[]>(
    consent ? (consent.kinds.length ? consent.kinds : KINDS) : ["LOAN"],
  );
  const intent = useIntent();
  const agreeing = useDoing(async () => {
    const wanted = { membershipId, share, kinds: kinds.length === KINDS.length ? [] : [...kinds] };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(AgreeToDeductionDocument, { input })).agreeToDeduction);
    intent.settle();
    toast(say.agreed);
    await onDone();
  });
  const ending = useDoing(async () => {
    thing((await ask(EndDeductionDocument, { input: { membershipId } })).withdrawDeductionConsent);
    toast(say.ended);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.deductionTitle}>
      <p>{say.deductionHelp}</p>
      <Select
        label={say.share}
        onChange={(chosen) => setShare(Number(chosen))}
        value={String(share)}
        wrong={agreeing.refused?.field("share")}
      >
        {shares.map((each) => (
          <option key={each} value={each}>
            {measured("BASIS_POINTS", each)}
          </option>
        ))}
      </Select>
      <Choices about={say.kinds}>
        {KINDS.map((kind) => (
          <Choice
            group="kinds"
            isChosen={kinds.includes(kind)}
            key={kind}
            label={named(dueKinds, kind)}
            onChoose={(isOn) => setKinds(isOn ? [...kinds, kind] : kinds.filter((other) => other !== kind))}
            type="checkbox"
          />
        ))}
      </Choices>
      <Trouble refused={agreeing.refused ?? ending.refused} />
      <Button isBusy={agreeing.isRunning} isDisabled={!kinds.length} isWide onPress={() => void agreeing.run()}>
        {say.agreeTo(measured("BASIS_POINTS", share))}
      </Button>
      {consent && (
        <Button isBusy={ending.isRunning} isWide look="danger" onPress={() => void ending.run()}>
          {say.endDeduction}
        </Button>
      )}
    </Sheet>
  );
}

/** The shares that may be chosen: by steps up to the most, which is among them. */
function sharesUpTo(most: number): number[] {
  const steps = Array.from({ length: Math.floor(most / STEP) }, (_, n) => (n + 1) * STEP);
  return steps.at(-1) === most ? steps : [...steps, most];
}
