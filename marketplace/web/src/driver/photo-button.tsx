import { Camera } from "lucide";
import { useRef, useState } from "preact/hooks";
import { newKey } from "#client";
import { useDoing } from "../ground/asking";
import { Button } from "../ground/parts/button";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { shrunk } from "../ground/photo";
import type { HeldJobFragment } from "./api";
import type { Photo } from "./queue/book";
import { queue } from "./queue/own";
import { say } from "./words";

/** Enough to know a door by, little enough for a slow network. */
const LONGEST_PIXELS = 1280;
const QUALITY = 0.8;

type PhotoButtonProps = { job: HeldJobFragment; moment: Photo["moment"]; dropId?: string; onTaken?: () => void };

/** Opens the camera; the photo is kept on the phone, and sent as proof of this job. */
export function PhotoButton({ job, moment, dropId, onTaken }: PhotoButtonProps) {
  const [isTaken, setTaken] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const keeping = useDoing(async (file: File) => {
    const photo = { name: newKey(), jobId: job.id, dropId: dropId ?? null, moment, at: new Date().toISOString() };
    await queue.value?.tellPhoto({ ...photo, body: await shrunk(file, LONGEST_PIXELS, QUALITY) });
    setTaken(true);
    toast(say.photoKept);
    onTaken?.();
  });
  const taken = (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    if (file) void keeping.run(file);
    chosen.value = "";
  };
  return (
    <>
      <input
        accept="image/*"
        aria-label={say.photo}
        capture="environment"
        hidden
        onChange={(event) => taken(event.currentTarget)}
        ref={input}
        type="file"
      />
      <Trouble refused={keeping.refused} />
      <Button icon={Camera} isBusy={keeping.isRunning} isWide look="quiet" onPress={() => input.current?.click()}>
        {isTaken ? say.photoAgain : say.photo}
      </Button>
    </>
  );
}
