import { Paperclip } from "lucide";
import { useRef } from "preact/hooks";
import { Button } from "./button";

type FilePickerProps = {
  label: string;
  accept: string;
  isBusy: boolean;
  /** Several may be chosen in one go; each is told. */
  isSeveral?: boolean;
  onPick: (file: File) => void;
};

/** Opens the device's files (on a phone, its camera too). */
export function FilePicker({ label, accept, isBusy, isSeveral = false, onPick }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const picked = (chosen: HTMLInputElement) => {
    for (const file of chosen.files ?? []) onPick(file);
    chosen.value = "";
  };
  return (
    <>
      <input
        accept={accept}
        aria-label={label}
        hidden
        multiple={isSeveral}
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
