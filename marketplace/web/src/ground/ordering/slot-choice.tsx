import { useState } from "preact/hooks";
import { FreeSlotsDocument } from "../api";
import { type Asked, useAsked } from "../asking";
import { dayOf } from "../days";
import { clock, count, soon, weekday } from "../figures";
import { Button } from "../parts/button";
import { Chip, Chips } from "../parts/chips";
import { Loaded } from "../parts/loading";
import styles from "./slot-choice.module.css";
import { byDay, isGone, nearest, type Slot } from "./slots";
import { say } from "./words";

export type Choosing = {
  asked: Asked<unknown>;
  slots: readonly Slot[];
  /** The one that was chosen, while it is free. */
  chosen: Slot | undefined;
  /** The one that somebody else had first. */
  lost: Slot | undefined;
  choose: (slot: Slot) => void;
  /** The day whose times are shown: the one last touched, or that of the slot last chosen. */
  day: string | undefined;
  show: (day: string) => void;
  /** Order with the chosen slot; where it is gone meanwhile that is told, others are asked for, and undefined is answered. */
  keep: <T>(order: () => Promise<T>) => Promise<T | undefined>;
};

/** The free times of a service, and which of them is chosen. `null` waits. */
export function useSlots(listingId: string | null): Choosing {
  const asked = useAsked(FreeSlotsDocument, listingId === null ? null : { id: listingId });
  const [touched, setTouched] = useState<Slot>();
  const [lost, setLost] = useState<Slot>();
  const [day, show] = useState<string>();
  const node = asked.answer?.node;
  const slots = node?.__typename === "Listing" ? node.freeSlots : [];
  const chosen = slots.find(({ id }) => id === touched?.id);
  const choose = (slot: Slot) => {
    setTouched(slot);
    setLost(undefined);
    show(dayOf(new Date(slot.startsAt)));
  };
  const keep = async <T,>(order: () => Promise<T>) => {
    try {
      return await order();
    } catch (thrown) {
      if (!chosen || !isGone(thrown)) throw thrown;
      setLost(chosen);
      setTouched(undefined);
      await asked.again();
      return undefined;
    }
  };
  return { asked, slots, chosen, lost, choose, day, show, keep };
}

/** Free times by day, to touch one. */
export function SlotChoice({ choosing }: { choosing: Choosing }) {
  const { asked, slots } = choosing;
  return (
    <section class="stack">
      <div>
        <h3>{say.when}</h3>
        <Lost choosing={choosing} />
      </div>
      <Loaded asked={asked}>
        {() => (slots.length ? <Days choosing={choosing} /> : <p role="status">{say.noSlots}</p>)}
      </Loaded>
    </section>
  );
}

function Days({ choosing: { slots, chosen, choose, day, show } }: { choosing: Choosing }) {
  const days = byDay(slots);
  const [first] = days.keys();
  const shown = day && days.has(day) ? day : first;
  const times = days.get(shown ?? "") ?? [];
  return (
    <>
      <Chips name={say.whichDay}>
        {[...days].map(([each, [slot]]) => (
          <Chip isOn={each === shown} key={each} onPress={() => show(each)}>
            {weekday(slot.startsAt)}
          </Chip>
        ))}
      </Chips>
      {/* biome-ignore lint/a11y/useSemanticElements: switches are a group, not a form's fieldset */}
      <div aria-label={say.whichTime} class={styles.times} role="group">
        {times.map((slot) => (
          <Button
            isPressed={slot.id === chosen?.id}
            key={slot.id}
            look={slot.id === chosen?.id ? "main" : "quiet"}
            onPress={() => choose(slot)}
          >
            {clock(slot.startsAt)}
            {slot.capacity > 1 && <small>{say.places(count(slot.freePlaces))}</small>}
          </Button>
        ))}
      </div>
    </>
  );
}

/** That somebody else was quicker, and the time nearest to it that is still free. */
function Lost({ choosing: { asked, lost, slots, choose } }: { choosing: Choosing }) {
  const other = lost && !asked.isAsking ? nearest(slots, lost) : undefined;
  return (
    <div class={`stack ${styles.lost}`} role="alert">
      {lost && <p>{say.lost(soon(lost.startsAt))}</p>}
      {other && (
        <Button isWide look="quiet" onPress={() => choose(other)}>
          {say.instead(soon(other.startsAt))}
        </Button>
      )}
    </div>
  );
}
