import { CircleAlert, CloudOff } from "lucide";
import type { Refused } from "../refused";
import { say } from "../words";
import { Button } from "./button";
import { Empty } from "./empty";
import { Icon } from "./icon";
import styles from "./trouble.module.css";

/** Why what was pressed did not happen, above its button. */
export function Trouble({ refused }: { refused: Refused | undefined }) {
  return (
    <div aria-live="assertive" class={styles.place} role="alert">
      {refused && (
        <div class={styles.trouble}>
          <Icon of={CircleAlert} size={20} />
          <div>
            <p>{refused.message}</p>
            {refused.reference && <p class={styles.reference}>{say.reference(refused.reference)}</p>}
          </div>
        </div>
      )}
    </div>
  );
}

/** In the place of a page that could not be loaded. */
export function Unloaded({ refused, onAgain }: { refused: Refused; onAgain: () => void }) {
  const isOffline = refused.code === "OFFLINE";
  return (
    <Empty icon={isOffline ? CloudOff : CircleAlert} title={isOffline ? say.offline : say.failed}>
      <p>{isOffline ? say.offlineHelp : refused.message}</p>
      {refused.reference && <p>{say.reference(refused.reference)}</p>}
      <Button look="quiet" onPress={onAgain}>
        {say.again}
      </Button>
    </Empty>
  );
}
