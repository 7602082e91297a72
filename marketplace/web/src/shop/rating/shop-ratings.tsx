import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { day, count as figure } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { account, ask } from "../../ground/session";
import { ReportRatingDocument, ShopRatingsDocument } from "../api";
import { Stars } from "./stars";
import { say } from "./words";

type Summary = { count: number; average: number | null };

/** What the ratings come to, in words. */
export function summed({ count, average }: Summary): string {
  if (!count) return say.none;
  return average == null ? say.few(figure(count)) : say.average(figure(average), figure(count));
}

/** What buyers said of a shop lately; who is signed in may report what is no rating. */
export function ShopRatings({ slug, onClose }: { slug: string; onClose: () => void }) {
  const asked = useAsked(ShopRatingsDocument, { slug });
  const nodes = asked.answer?.seller?.ratings.nodes ?? [];
  const [reported, setReported] = useState<string>();
  if (reported) return <ReportRating id={reported} onClose={onClose} />;
  return (
    <Sheet onClose={onClose} title={say.ratings}>
      <Loaded asked={asked}>
        {() =>
          nodes.length ? (
            <Rows>
              {nodes.map((rating) => (
                <li key={rating.id}>
                  <Row
                    end={
                      account.value && (
                        <Button look="plain" onPress={() => setReported(rating.id)}>
                          {say.report}
                        </Button>
                      )
                    }
                    note={[rating.text, day(rating.givenAt)].filter(Boolean).join(" · ")}
                    title={<Stars of={rating.stars ?? 0} />}
                  />
                </li>
              ))}
            </Rows>
          ) : (
            <p>{say.none}</p>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function ReportRating({ id, onClose }: { id: string; onClose: () => void }) {
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
        label={say.reportTitle}
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
