import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { ReportDocument, type ReportReason } from "./api";
import { reasons, say } from "./words";

/** Say what is wrong with a listing; its co-op's officers look at it. */
export function ReportSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState<ReportReason>("WRONG_PRICE");
  const [text, setText] = useState("");
  const sending = useDoing(async () => {
    thing((await ask(ReportDocument, { input: { id, reason, text: text.trim() } })).reportListing);
    toast(say.reported);
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.report}>
      <SignedIn>
        <Choices about={say.reportWhy}>
          {(Object.keys(Object.getOwnPropertyDescriptors(reasons)) as ReportReason[]).map((each) => (
            <Choice
              group="reason"
              isChosen={each === reason}
              key={each}
              label={reasons[each]}
              onChoose={() => setReason(each)}
              type="radio"
            />
          ))}
        </Choices>
        <Field label={say.reportMore} most={500} onChange={setText} rows={3} value={text} />
        <Trouble refused={sending.refused} />
        <Button isBusy={sending.isRunning} isWide onPress={() => void sending.run()}>
          {say.report}
        </Button>
      </SignedIn>
    </Sheet>
  );
}
