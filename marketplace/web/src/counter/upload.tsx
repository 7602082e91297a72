import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { send } from "../ground/files";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { FilePicker } from "../ground/parts/file-picker";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { type ToldRow, ToldRows } from "./told-rows";
import { say } from "./words";

/** What the node found in a file that it tried dry. */
export type Tried = { refusals: readonly ToldRow[] };

type UploadProps<Found> = {
  label: string;
  accept: string;
  /** Where it goes, with its first words behind `?`; whether it is dry is added. */
  pathOf: (file: File) => string;
  /** What was found, before anything is written. */
  children: (found: Found) => ComponentChildren;
  /** Whether it may be taken in; what is refused forbids it anyhow. */
  isRight?: (found: Found) => boolean;
  /** What its sheets are called, where it has several. */
  nameOfSheet?: (sheet: string) => string;
  take: string;
  onDone: () => Promise<void> | void;
};

/** A file of the co-op's, tried dry first: what is in it is shown, and only then taken in. */
export function Upload<Found extends Tried>(props: UploadProps<Found>) {
  const {
    label,
    accept,
    pathOf,
    children,
    isRight = () => true,
    nameOfSheet = (sheet) => sheet,
    take,
    onDone,
  } = props;
  const [tried, setTried] = useState<{ file: File; found: Found }>();
  const trying = useDoing(async (file: File) => {
    setTried(undefined);
    setTried({ file, found: (await send(`${pathOf(file)}&dryRun=true`, file)) as Found });
  });
  const taking = useDoing(async (file: File) => {
    await send(`${pathOf(file)}&dryRun=false`, file);
    setTried(undefined);
    toast(say.carriedOut);
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
          {tried.found.refusals.length > 0 && (
            <>
              <p>{say.refusals(tried.found.refusals.length)}</p>
              <ToldRows nameOf={nameOfSheet} told={tried.found.refusals} />
            </>
          )}
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
