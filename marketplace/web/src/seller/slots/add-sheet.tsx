import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dayOf } from "../../ground/days";
import { atDay, count } from "../../ground/figures";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Chip, Chips } from "../../ground/parts/chips";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { Stepper } from "../../ground/parts/stepper";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { weekdays } from "../../ground/values";
import { AddSlotsDocument, UpdateListingDocument } from "../api";
import { USUAL, WEEK } from "../week";
import { AT_ONCE, MOST, MOST_PLACES, MOST_WEEKS, minutesOf, type Plan, startsOf } from "./plan";
import type { Service } from "./schedule";
import { say } from "./words";

/** How long a service takes unless its shop says otherwise: the API's own figure. */
const USUAL_MINUTES = 60;
const DAY_MS = 86_400_000;

/** Times for a service: a day from–until, one after the other, and the same on the weekdays of some weeks. */
export function AddSheet({ service, onClose, onDone }: Ending & { service: Service }) {
  const [plan, setPlan] = useState<Plan>(() => ({
    day: dayOf(new Date(Date.now() + DAY_MS)),
    from: USUAL.opens,
    until: USUAL.closes,
    minutes: String(service.sessionMinutes ?? USUAL_MINUTES),
    weekdays: [],
    weeks: 1,
  }));
  const [capacity, setCapacity] = useState(() => usualCapacity(service));
  const change = (next: Partial<Plan>) => setPlan((was) => ({ ...was, ...next }));
  const starts = startsOf(plan);
  const adding = useDoing(async () => {
    await send(service, { minutes: minutesOf(plan), starts, capacity });
    toast(say.added);
    await onDone();
  });
  const wrong = adding.refused?.field("starts");
  return (
    <Sheet
      foot={
        <div class="stack">
          <p role="status">{told(starts)}</p>
          <Trouble refused={adding.refused} />
          <Button
            isBusy={adding.isRunning}
            isDisabled={starts.length === 0 || starts.length > MOST}
            isWide
            onPress={() => void adding.run()}
          >
            {say.add}
          </Button>
        </div>
      }
      onClose={onClose}
      title={say.add}
    >
      <Field label={say.day} onChange={(day) => change({ day })} type="date" value={plan.day} />
      <Field label={say.from} onChange={(from) => change({ from })} type="time" value={plan.from} wrong={wrong} />
      <Field label={say.until} onChange={(until) => change({ until })} type="time" value={plan.until} />
      <Field
        hint={say.minutesHint}
        inputMode="numeric"
        label={say.minutes}
        most={5}
        onChange={(minutes) => change({ minutes })}
        value={plan.minutes}
        wrong={adding.refused?.field("sessionMinutes")}
      />
      <div>
        <div class="apart">
          <p>{say.capacity}</p>
          <Stepper least={1} most={MOST_PLACES} name={say.capacity} onChange={setCapacity} value={capacity} />
        </div>
        {service.freeSlots.length + service.bookedSlots.length > 0 && <small>{say.capacityHelp}</small>}
      </div>
      <Weekdays onChange={change} plan={plan} />
    </Sheet>
  );
}

/** As many as the last of its times holds: who extends a plan changes nothing by it. */
function usualCapacity({ freeSlots, bookedSlots }: Service): number {
  return freeSlots.at(-1)?.capacity ?? bookedSlots.at(-1)?.capacity ?? 1;
}

function Weekdays({ plan, onChange }: { plan: Plan; onChange: (next: Partial<Plan>) => void }) {
  const touch = (day: (typeof WEEK)[number]) => {
    const isOn = plan.weekdays.includes(day);
    onChange({ weekdays: isOn ? plan.weekdays.filter((each) => each !== day) : [...plan.weekdays, day] });
  };
  return (
    <section class="stack">
      <h3>{say.repeat}</h3>
      <Chips isWrapped name={say.repeat}>
        {WEEK.map((day) => (
          <Chip isOn={plan.weekdays.includes(day)} key={day} onPress={() => touch(day)}>
            {named(weekdays, day)}
          </Chip>
        ))}
      </Chips>
      {plan.weekdays.length > 0 && (
        <div class="apart">
          <p>{say.weeks}</p>
          <Stepper
            least={1}
            most={MOST_WEEKS}
            name={say.weeks}
            onChange={(weeks) => onChange({ weeks })}
            value={plan.weeks}
          />
        </div>
      )}
    </section>
  );
}

/** What a press would add, in words. */
function told(starts: readonly Date[]): string {
  const [first, last] = [starts[0], starts.at(-1)];
  if (!first || !last) return say.becomesNone;
  if (starts.length > MOST) return say.tooMany(count(MOST));
  return say.becomes(count(starts.length), atDay(first.toISOString()), atDay(last.toISOString()));
}

type Wanted = { minutes: number | undefined; starts: readonly Date[]; capacity: number };

/** How long each takes first, where that is another; then the times, of which those that stand already stay. */
async function send(service: Service, { minutes, starts, capacity }: Wanted): Promise<void> {
  if (minutes && minutes !== (service.sessionMinutes ?? USUAL_MINUTES)) {
    const input = { id: service.id, sessionMinutes: minutes };
    thing((await ask(UpdateListingDocument, { input })).updateListing);
  }
  for (let sent = 0; sent < starts.length; sent += AT_ONCE) {
    const batch = starts.slice(sent, sent + AT_ONCE).map((start) => start.toISOString());
    thing((await ask(AddSlotsDocument, { input: { listingId: service.id, starts: batch, capacity } })).addSlots);
  }
}
