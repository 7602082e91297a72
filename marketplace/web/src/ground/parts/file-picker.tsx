import { Paperclip } from "lucide";
import { useRef } from "preact/hooks";
import { Button } from "./button";

type FilePickerProps = { label: string; accept: string; isBusy: boolean; onPick: (file: File) => void };

/** Opens the device's files (on a phone, its camera too), one at a time. */
export function FilePicker({ label, accept, isBusy, onPick }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const picked = (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    if (file) onPick(file);
    chosen.value = "";
  };
  return (
    <>
      <input
        accept={accept}
        aria-label={label}
        hidden
        onChange={(event) => picked(event.currentTarget)}
        ref={input}
        type="file"
      />
      <Button icon={Paperclip} isBusy={isBusy} isWide look="quiet" onPress={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
