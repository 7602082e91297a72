import { Phone, Siren } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { queue } from "../queue/own";
import { here } from "../where";
import { say } from "./words";

/** A call for help, in two presses so that a pocket doesn't ring. Without a network it goes as soon as there is one. */
export function HelpSheet({ jobId, onClose }: { jobId?: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const calling = useDoing(async () => {
    const place = await here();
    await queue.value?.tell({ kind: "SOS", place, text: text.trim(), ...(jobId ? { jobId } : {}) });
    toast(say.helpSent);
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.help}>
      <p>{say.helpWhat}</p>
      <Field label={say.helpWords} most={300} onChange={setText} rows={2} value={text} />
      <Trouble refused={calling.refused} />
      <Button icon={Siren} isBusy={calling.isRunning} isWide look="danger" onPress={() => void calling.run()}>
        {say.helpSend}
      </Button>
      <ButtonLink href="tel:112" icon={Phone} isWide look="quiet">
        {say.helpCall}
      </ButtonLink>
    </Sheet>
  );
}
