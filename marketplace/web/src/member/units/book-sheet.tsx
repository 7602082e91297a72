import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dayOf } from "../../ground/days";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { BookJobDocument } from "../api";
import { say } from "./words";

const DAY_MS = 86_400_000;
type BookSheetProps = {
  membershipId: string;
  workshops: readonly { id: string; name: string }[];
  onClose: () => void;
  onDone: (jobId: string) => void;
};

/** A vehicle to be looked at, by when it comes in. */
export function BookSheet({ membershipId, workshops, onClose, onDone }: BookSheetProps) {
  const [wish, setWish] = useState({
    unitId: workshops[0]?.id ?? "",
    vehicle: "",
    complaint: "",
    day: dayOf(new Date(Date.now() + DAY_MS)),
    hour: "10:00",
  });
  const intent = useIntent();
  const at = new Date(`${wish.day}T${wish.hour}`);
  const isWhole = wish.vehicle.trim() && wish.complaint.trim() && !Number.isNaN(at.getTime());
  const booking = useDoing(async () => {
    const { unitId, vehicle, complaint } = wish;
    const wanted = { unitId, membershipId, vehicle, complaint, bookedFor: at.toISOString() };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const job = thing((await ask(BookJobDocument, { input })).bookWorkshopJob);
    intent.settle();
    toast(say.booked);
    onDone(job.id);
  });
  const wrong = (path: string) => booking.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.book}>
      {workshops.length > 1 && (
        <Select
          label={say.workshop}
          onChange={(unitId) => setWish((was) => ({ ...was, unitId }))}
          value={wish.unitId}
        >
          {workshops.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Field
        label={say.vehicle}
        most={80}
        onChange={(vehicle) => setWish((was) => ({ ...was, vehicle }))}
        value={wish.vehicle}
        wrong={wrong("vehicle")}
      />
      <Field
        label={say.complaint}
        most={500}
        onChange={(complaint) => setWish((was) => ({ ...was, complaint }))}
        rows={3}
        value={wish.complaint}
        wrong={wrong("complaint")}
      />
      <Field
        label={say.day}
        onChange={(day) => setWish((was) => ({ ...was, day }))}
        type="date"
        value={wish.day}
        wrong={wrong("bookedFor")}
      />
      <Field
        label={say.hour}
        onChange={(hour) => setWish((was) => ({ ...was, hour }))}
        type="time"
        value={wish.hour}
      />
      <Trouble refused={booking.refused} />
      <Button isBusy={booking.isRunning} isDisabled={!isWhole} isWide onPress={() => void booking.run()}>
        {say.book}
      </Button>
    </Sheet>
  );
}
