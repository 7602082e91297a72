import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { Trouble } from "../../ground/parts/trouble";

type TellingProps = {
  /** What the button says, and the sheet that it opens. */
  label: string;
  /** What is asked for, by the name that the API gives it. */
  asked: { name: string; label: string; start?: string };
  /** What the sheet's own button says. */
  send: string;
  look?: "main" | "quiet";
  onDo: (text: string) => Promise<unknown>;
  onDone: () => unknown;
};

/** A button by which a member answers in his own words. */
export function Telling({ label, look = "main", onDone, ...sheet }: TellingProps) {
  return (
    <Opener isWide label={label} look={look} onDone={onDone}>
      {(ending) => <Words {...sheet} {...ending} title={label} />}
    </Opener>
  );
}

type WordsProps = Ending & Pick<TellingProps, "asked" | "send" | "onDo"> & { title: string };

function Words({ title, asked, send, onDo, onClose, onDone }: WordsProps) {
  const [text, setText] = useState(asked.start ?? "");
  const doing = useDoing(async () => {
    await onDo(text.trim());
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={title}>
      <Field
        label={asked.label}
        most={4000}
        onChange={setText}
        rows={8}
        value={text}
        wrong={doing.refused?.field(asked.name)}
      />
      <Trouble refused={doing.refused} />
      <Button isBusy={doing.isRunning} isDisabled={!text.trim()} isWide onPress={() => void doing.run()}>
        {send}
      </Button>
    </Sheet>
  );
}
