import { useLocation, useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, monthName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { EndDependantDocument, EndEnrolmentDocument, OneEnrolmentDocument, type OneEnrolmentQuery } from "../api";
import { ClaimSheet } from "./claim-sheet";
import { DependantSheet } from "./dependant-sheet";
import { relations, say } from "./words";

export type Enrolment = Extract<NonNullable<OneEnrolmentQuery["node"]>, { __typename: "ProtectionEnrolment" }>;
type Shown = { enrolment: Enrolment; onChanged: () => Promise<void> };

/** One programme that a member is in: its terms, his family in it, and the way to claim. */
export default function EnrolmentPage() {
  const { params } = useRoute();
  const asked = useAsked(OneEnrolmentDocument, { id: params.id ?? "" });
  const found = asked.answer?.node;
  const enrolment = found?.__typename === "ProtectionEnrolment" ? found : undefined;
  return (
    <Page backTo="/anggota/perlindungan" title={enrolment?.programme?.name ?? say.protection}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            enrolment && (
              <>
                <Terms enrolment={enrolment} />
                <Family enrolment={enrolment} onChanged={asked.again} />
                <Steps enrolment={enrolment} onChanged={asked.again} />
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Terms({ enrolment }: { enrolment: Enrolment }) {
  const { programme, since, until, income, hasOldAge, healthClass, contribution, participantNumber } = enrolment;
  const kind = programme?.kind;
  return (
    <Card>
      {programme && <p>{say.by(programme.provider)}</p>}
      <Facts
        facts={[
          ...(programme?.number ? [{ name: say.policy, is: programme.number }] : []),
          ...(participantNumber ? [{ name: say.number, is: participantNumber }] : []),
          { name: say.start, is: monthName(since) },
          ...(until ? [{ name: say.last, is: monthName(until) }] : []),
          ...(kind === "EMPLOYMENT" ? [{ name: say.declared, is: rupiah(income) }] : []),
          ...(kind === "HEALTH" ? [{ name: say.healthClass, is: say.class(healthClass) }] : []),
          ...(kind === "PENSION" ? [{ name: say.contribution, is: rupiah(contribution) }] : []),
          ...(programme ? [{ name: say.payBy, is: say.dayOfMonth(programme.payBy) }] : []),
        ]}
      />
      {kind === "EMPLOYMENT" && hasOldAge && <p>{say.oldAge}</p>}
    </Card>
  );
}

function Family({ enrolment, onChanged }: Shown) {
  const intent = useIntent();
  const ending = useDoing(async (dependantId: string) => {
    const idempotencyKey = intent.key({ dependantId });
    thing((await ask(EndDependantDocument, { input: { dependantId, idempotencyKey } })).endProtectionDependant);
    intent.settle();
    toast(say.ended);
    await onChanged();
  });
  const { programme, dependants, until } = enrolment;
  if (programme?.kind !== "HEALTH" && programme?.kind !== "ACCIDENT") return null;
  return (
    <Card>
      <h2>{say.family}</h2>
      {dependants.length === 0 && <p>{say.noFamily}</p>}
      {dependants.map((one) => (
        <div class="stack" key={one.id}>
          <p>
            {one.name}
            <br />
            <small>
              {named(relations, one.relation)} · {say.born(dateName(one.bornOn))} ·{" "}
              {one.until ? say.until(monthName(one.until)) : say.since(monthName(one.since))}
            </small>
          </p>
          {!one.until && (
            <Button isBusy={ending.isRunning} look="plain" onPress={() => void ending.run(one.id)}>
              {say.endFamily(one.name)}
            </Button>
          )}
        </div>
      ))}
      <Trouble refused={ending.refused} />
      {!until && (
        <Opener isWide label={say.addFamily} look="quiet" onDone={onChanged}>
          {(ending) => <DependantSheet enrolmentId={enrolment.id} {...ending} />}
        </Opener>
      )}
    </Card>
  );
}

function Steps({ enrolment, onChanged }: Shown) {
  const { route } = useLocation();
  return (
    <>
      <Opener isWide label={say.report} onDone={onChanged}>
        {({ onClose }) => (
          <ClaimSheet
            enrolment={enrolment}
            onClose={onClose}
            onDone={(id) => route(`/anggota/klaim/${encodeURIComponent(id)}`)}
          />
        )}
      </Opener>
      {!enrolment.until && (
        <Opener isWide label={say.end} look="danger" onDone={onChanged}>
          {(ending) => <EndSheet enrolmentId={enrolment.id} {...ending} />}
        </Opener>
      )}
    </>
  );
}

type EndSheetProps = Ending & { enrolmentId: string };

function EndSheet({ enrolmentId, onClose, onDone }: EndSheetProps) {
  const intent = useIntent();
  const ending = useDoing(async () => {
    const idempotencyKey = intent.key({ enrolmentId });
    thing((await ask(EndEnrolmentDocument, { input: { enrolmentId, idempotencyKey } })).endProtection);
    intent.settle();
    toast(say.ended);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.end}>
      <p>{say.endHelp}</p>
      <Trouble refused={ending.refused} />
      <Button isBusy={ending.isRunning} isWide look="danger" onPress={() => void ending.run()}>
        {say.sure}
      </Button>
    </Sheet>
  );
}
