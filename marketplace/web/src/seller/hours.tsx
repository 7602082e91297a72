import { Clock } from "lucide";
import { useState } from "preact/hooks";
import { hourOf } from "../ground/figures";
import { grouped } from "../ground/grouped";
import { named } from "../ground/language";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { weekdays } from "../ground/values";
import styles from "./hours.module.css";
import { HoursSheet } from "./hours-sheet";
import type { StallProps } from "./shop-page";
import { WEEK } from "./week";
import { say } from "./words";

/** The shop's ordinary week. */
export function HoursCard({ stall, onChanged }: StallProps) {
  const [isOpen, setOpen] = useState(false);
  const byDay = grouped(stall.openingHours ?? [], (each) => each.weekday);
  return (
    <Card>
      <h2>{say.hours}</h2>
      {stall.openingHours ? (
        <dl class={styles.week}>
          {WEEK.map((weekday) => (
            <div class="apart" key={weekday}>
              <dt>{named(weekdays, weekday)}</dt>
              <dd>
                {byDay
                  .get(weekday)
                  ?.map(({ opens, closes }) => `${hourOf(opens)}–${hourOf(closes)}`)
                  .join(", ") ?? say.closed}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p>{say.alwaysOpen}</p>
      )}
      <Button icon={Clock} isWide look="quiet" onPress={() => setOpen(true)}>
        {say.changeHours}
      </Button>
      {isOpen && <HoursSheet onChanged={onChanged} onClose={() => setOpen(false)} stall={stall} />}
    </Card>
  );
}
