import { Copy, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { named } from "../ground/language";
import { Button, IconButton } from "../ground/parts/button";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { weekdays } from "../ground/values";
import { say as common } from "../ground/words";
import { UpdateShopDocument } from "./api";
import styles from "./hours.module.css";
import type { StallProps } from "./shop-page";
import { asOnAllDays, type Span, USUAL, WEEK } from "./week";
import { say } from "./words";

/** Change the ordinary week: each day's hours, as many times a day as it opens. */
export function HoursSheet({ stall, onChanged, onClose }: StallProps & { onClose: () => void }) {
  const [isAlways, setAlways] = useState(stall.openingHours === null);
  const [week, setWeek] = useState<readonly Span[]>(stall.openingHours ?? []);
  const saving = useDoing(async () => {
    const input = isAlways ? { id: stall.id, isAlwaysOpen: true } : { id: stall.id, openingHours: [...week] };
    thing((await ask(UpdateShopDocument, { input })).updateShop);
    toast(say.saved);
    onClose();
    await onChanged();
  });
  const replace = (old: Span, next: Partial<Span>) =>
    setWeek(week.map((span) => (span === old ? { ...span, ...next } : span)));
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={saving.refused} />
          <Button isBusy={saving.isRunning} isWide onPress={() => void saving.run()}>
            {common.save}
          </Button>
        </div>
      }
      onClose={onClose}
      title={say.hours}
    >
      <Choices about={say.changeHours}>
        <Choice group="always" isChosen={isAlways} label={say.alwaysOpen} onChoose={setAlways} type="checkbox" />
      </Choices>
      {!isAlways &&
        WEEK.map((weekday, n) => (
          <section class="stack" key={weekday}>
            <h3>{named(weekdays, weekday)}</h3>
            {week.map(
              (span, place) =>
                span.weekday === weekday && (
                  <div class={styles.span} key={place}>
                    <Field
                      label={say.opens}
                      onChange={(opens) => replace(span, { opens })}
                      type="time"
                      value={span.opens}
                    />
                    <Field
                      label={say.closes}
                      onChange={(closes) => replace(span, { closes })}
                      type="time"
                      value={span.closes}
                    />
                    <IconButton
                      icon={Trash2}
                      name={say.closeThen(named(weekdays, weekday), span.opens)}
                      onPress={() => setWeek(week.filter((each) => each !== span))}
                    />
                  </div>
                ),
            )}
            <Button icon={Plus} look="plain" onPress={() => setWeek([...week, { weekday, ...USUAL }])}>
              {say.addHours(named(weekdays, weekday))}
            </Button>
            {n === 0 && (
              <Button icon={Copy} look="plain" onPress={() => setWeek(asOnAllDays(week, weekday))}>
                {say.likeMonday}
              </Button>
            )}
          </section>
        ))}
    </Sheet>
  );
}
