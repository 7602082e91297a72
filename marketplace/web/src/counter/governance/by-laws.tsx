import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { isYesOrNo, saidOf } from "../../ground/by-law";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { named } from "../../ground/language";
import { measured } from "../../ground/measured";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { ByLawsDocument, type ByLawsQuery, DraftMotionDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { sourceOf } from "./source";
import { say, units } from "./words";

type Cooperative = NonNullable<ByLawsQuery["cooperative"]>;
type ByLaw = Cooperative["byLaws"]["inForce"][number];
type Proposed = { byLaw: ByLaw; value: number };

/** What the by-laws say, within the law's bounds, and how a change of them is put to the members. */
export default function ByLaws() {
  return (
    <Page backTo="/loket/rapat" isWide title={say.byLaws}>
      <WithCooperative>{({ slug }) => <InForce slug={slug} />}</WithCooperative>
    </Page>
  );
}

function InForce({ slug }: { slug: string }) {
  const asked = useAsked(ByLawsDocument, { slug });
  const [proposed, setProposed] = useState<readonly Proposed[]>([]);
  const put = (byLaw: ByLaw, value: number) =>
    setProposed((was) => [...was.filter((each) => each.byLaw.name !== byLaw.name), { byLaw, value }]);
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <div class="columns">
            <div class="stack">
              {proposed.length > 0 && (
                <Proposing cooperativeId={cooperative.id} onClear={() => setProposed([])} proposed={proposed} />
              )}
              <DeliveryShare cooperative={cooperative} />
            </div>
            <div class="stack">
              <List byLaws={cooperative.byLaws.inForce} onPropose={put} />
            </div>
          </div>
        )
      }
    </Loaded>
  );
}

/** Shares are typed in percent and kept in hundredths of one. */
const typed = ({ unit }: ByLaw, text: string) =>
  Math.round(Number(text.replaceAll(".", "").replace(",", ".")) * (unit === "BASIS_POINTS" ? 100 : 1));

type ListProps = { byLaws: readonly ByLaw[]; onPropose: (byLaw: ByLaw, value: number) => void };

/** Each by-law as it stands; touched, it is given another value. */
function List({ byLaws, onPropose }: ListProps) {
  const [chosen, setChosen] = useState<ByLaw>();
  return (
    <>
      <Rows>
        {byLaws.map((byLaw) => (
          <li key={byLaw.name}>
            <Row
              note={standingOf(byLaw)}
              title={byLaw.title}
              {...(!isFixed(byLaw) && { onPress: () => setChosen(byLaw) })}
            />
          </li>
        ))}
      </Rows>
      {chosen && (
        <Sheet onClose={() => setChosen(undefined)} title={chosen.title}>
          <Value
            byLaw={chosen}
            onPropose={(value) => {
              onPropose(chosen, value);
              setChosen(undefined);
              globalThis.scrollTo(0, 0);
            }}
          />
        </Sheet>
      )}
    </>
  );
}

/** So much is written where rupiah have no bound. */
const BOUNDLESS = 1_000_000_000_000;

const isFixed = ({ least, most }: ByLaw) => least === most;

/** What is in force, and what else it may be, where that is worth a word. */
function standingOf(byLaw: ByLaw): string {
  const { value, least, most, mostRule } = byLaw;
  const now = say.inForce(saidOf(byLaw, value));
  const source = mostRule ? ` (${sourceOf(mostRule)})` : "";
  if (isFixed(byLaw)) return `${now} · ${say.fixed}${source}`;
  if (isYesOrNo(byLaw) || most >= BOUNDLESS) return now;
  return `${now} · ${say.between(saidOf(byLaw, least), saidOf(byLaw, most))}${source}`;
}

function Value({ byLaw, onPropose }: { byLaw: ByLaw; onPropose: (value: number) => void }) {
  const [text, setText] = useState("");
  const value = typed(byLaw, text);
  return (
    <>
      <p>{standingOf(byLaw)}</p>
      {isYesOrNo(byLaw) ? (
        <Choices about={say.newAnswer}>
          {["1", "0"].map((answer) => (
            <Choice
              group="answer"
              isChosen={text === answer}
              key={answer}
              label={saidOf(byLaw, Number(answer))}
              onChoose={() => setText(answer)}
              type="radio"
            />
          ))}
        </Choices>
      ) : (
        <Field
          inputMode="decimal"
          label={say.newValue(named(units, byLaw.unit))}
          most={15}
          onChange={setText}
          value={text}
        />
      )}
      <Button isDisabled={!text.trim() || Number.isNaN(value)} isWide onPress={() => onPropose(value)}>
        {say.proposeValue}
      </Button>
    </>
  );
}

type ProposingProps = { cooperativeId: string; proposed: readonly Proposed[]; onClear: () => void };

function Proposing({ cooperativeId, proposed, onClear }: ProposingProps) {
  const { route } = useLocation();
  return (
    <Card>
      <h2>{say.proposed}</h2>
      {proposed.map(({ byLaw, value }) => (
        <p key={byLaw.name}>{say.becomes(byLaw.title, saidOf(byLaw, value))}</p>
      ))}
      <Act
        fields={[
          { name: "title", label: say.motionTitle, most: 160 },
          { name: "text", label: say.text, rows: 5, most: 4000 },
          { name: "since", label: say.since, type: "date", start: today() },
        ]}
        isWide
        label={say.makeMotion}
        onDo={async ({ title, text, since }, idempotencyKey) => {
          const values = proposed.map(({ byLaw: { name }, value }) => ({ name, value }));
          const byLaws = { values, since };
          const input = { cooperativeId, kind: "BY_LAWS" as const, title, text, byLaws, idempotencyKey };
          const { id } = thing((await ask(DraftMotionDocument, { input })).draftMotion);
          route(`/loket/usulan/${encodeURIComponent(id)}`);
        }}
        onDone={() => undefined}
      />
      <Button isWide look="quiet" onPress={onClear}>
        {say.clear}
      </Button>
    </Card>
  );
}

function DeliveryShare({ cooperative: { id: cooperativeId, carrierShare } }: { cooperative: Cooperative }) {
  const { route } = useLocation();
  return (
    <Card>
      <h2>{say.deliveryShare}</h2>
      <p>{say.deliveryShareNow(measured("BASIS_POINTS", carrierShare))}</p>
      <Act
        fields={[
          { name: "percent", label: say.sharePercent, type: "amount" },
          { name: "title", label: say.motionTitle, most: 160 },
          { name: "text", label: say.text, rows: 5, most: 4000 },
        ]}
        isWide
        label={say.proposeShare}
        look="quiet"
        onDo={async ({ percent, title, text }, idempotencyKey) => {
          const share = Math.round(Number(percent.replace(",", ".")) * 100);
          const motion = { kind: "CARRIER_SHARE" as const, title, text, carrierShare: share };
          const input = { cooperativeId, ...motion, idempotencyKey };
          const { id } = thing((await ask(DraftMotionDocument, { input })).draftMotion);
          route(`/loket/usulan/${encodeURIComponent(id)}`);
        }}
        onDone={() => undefined}
      />
    </Card>
  );
}
