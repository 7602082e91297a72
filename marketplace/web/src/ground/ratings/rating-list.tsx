import { useState } from "preact/hooks";
import { type RatingRowFragment, ReportRatingDocument } from "../api";
import { useDoing } from "../asking";
import { thing } from "../client";
import { day } from "../figures";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Row, Rows } from "../parts/row";
import { Sheet } from "../parts/sheet";
import { toast } from "../parts/toast";
import { Trouble } from "../parts/trouble";
import { account, ask } from "../session";
import styles from "./rating-list.module.css";
import { Stars } from "./stars";
import { say } from "./words";

type RatingListProps = { ratings: readonly RatingRowFragment[]; onReport: (id: string) => void };

/** What buyers said, each with a way to tell the operator of it; who is not signed in only reads. */
export function RatingList({ ratings, onReport }: RatingListProps) {
  return (
    <Rows>
      {ratings.map((rating) => (
        <li key={rating.id}>
          <Row
            note={rating.text}
            title={
              <>
                <Stars of={rating.stars ?? 0} /> <span class={styles.day}>{day(rating.givenAt)}</span>
              </>
            }
          />
          {account.value && (
            <Button look="plain" onPress={() => onReport(rating.id)}>
              {say.report}
            </Button>
          )}
        </li>
      ))}
    </Rows>
  );
}

/** Why a rating should not stand, for the operator. */
export function ReportRating({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const sending = useDoing(async () => {
    thing((await ask(ReportRatingDocument, { input: { id, reason: reason.trim() } })).reportRating);
    toast(say.reported);
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.reportTitle}>
      <p>{say.reportHelp}</p>
      <Field
        label={say.reason}
        most={500}
        onChange={setReason}
        rows={3}
        value={reason}
        wrong={sending.refused?.field("reason")}
      />
      <Trouble refused={sending.refused} />
      <Button isBusy={sending.isRunning} isWide onPress={() => void sending.run()}>
        {say.report}
      </Button>
    </Sheet>
  );
}
