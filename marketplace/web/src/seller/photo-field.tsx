import { Camera } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ground/parts/icon";
import { Picture } from "../ground/parts/picture";
import { shrunk } from "../ground/photo";
import { LONGEST_PIXELS, QUALITY } from "./photo";
import styles from "./photo-field.module.css";
import { say } from "./words";

type PhotoFieldProps = {
  current?: string | null | undefined;
  /** One that was chosen before this was shown. */
  chosen?: Blob | undefined;
  onChoose: (photo: Blob) => void;
};

/** A photo to take or choose; shown before it is sent. */
export function PhotoField({ current, chosen, onChoose }: PhotoFieldProps) {
  const [shown, setShown] = useState(() => chosen && URL.createObjectURL(chosen));
  useEffect(() => () => shown && URL.revokeObjectURL(shown), [shown]);
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const photo = await shrunk(file, LONGEST_PIXELS, QUALITY);
    setShown(URL.createObjectURL(photo));
    onChoose(photo);
  };
  return (
    <label class={styles.field}>
      <input
        accept="image/jpeg,image/png,image/webp"
        class={styles.input}
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
        type="file"
      />
      {shown ? (
        <img alt={say.photoChosen} class={styles.shown} src={shown} />
      ) : (
        current && <Picture size="large" src={current} />
      )}
      <span class={styles.words}>
        <Icon of={Camera} />
        {shown || current ? say.otherPhoto : say.addPhoto}
      </span>
    </label>
  );
}
