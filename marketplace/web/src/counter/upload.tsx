import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { send } from "../ground/files";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { FilePicker } from "../ground/parts/file-picker";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { say } from "./words";

type Refusal = { sheet?: string; line?: number; row?: number; column?: string; reason: string };
/** What the node found in a file that it tried dry. */
export type Tried = { refusals: readonly Refusal[] };

type UploadProps<Found> = {
  label: string;
  accept: string;
  /** Where it goes, with its first words behind `?`; whether it is dry is added. */
  path: string;
  /** What was found, before anything is written. */
  children: (found: Found) => ComponentChildren;
  /** Whether it may be taken in; what is refused forbids it anyhow. */
  isRight?: (found: Found) => boolean;
  take: string;
  onDone: () => Promise<void> | void;
};

/** A file of the co-op's, tried dry first: what is in it is shown, and only then taken in. */
export function Upload<Found extends Tried>(props: UploadProps<Found>) {
  const { label, accept, path, children, isRight = () => true, take, onDone } = props;
  const [tried, setTried] = useState<{ file: File; found: Found }>();
  const trying = useDoing(async (file: File) => {
    setTried(undefined);
    setTried({ file, found: (await send(`${path}&dryRun=true`, file)) as Found });
  });
  const taking = useDoing(async (file: File) => {
    await send(`${path}&dryRun=false`, file);
    setTried(undefined);
    toast(say.done);
    await onDone();
  });
  return (
    <>
      <FilePicker
        accept={accept}
        isBusy={trying.isRunning}
        label={label}
        onPick={(file) => {
          taking.clear();
          void trying.run(file);
        }}
      />
      <Trouble refused={trying.refused} />
      {tried && (
        <Card>
          <h2>{tried.file.name}</h2>
          {children(tried.found)}
          <Refusals refusals={tried.found.refusals} />
          <Trouble refused={taking.refused} />
          {tried.found.refusals.length === 0 && isRight(tried.found) && (
            <Button isBusy={taking.isRunning} isWide onPress={() => void taking.run(tried.file)}>
              {take}
            </Button>
          )}
        </Card>
      )}
    </>
  );
}

function Refusals({ refusals }: Tried) {
  if (!refusals.length) return null;
  return (
    <>
      <p>{say.refusals(refusals.length)}</p>
      <ul class="stack">
        {refusals.map(({ sheet, line, row, column, reason }) => (
          <li key={`${sheet}${line ?? row}${column}${reason}`}>
            {[sheet, say.atLine(line ?? row ?? 0), column].filter(Boolean).join(" · ")}
            <br />
            <small>{reason}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
