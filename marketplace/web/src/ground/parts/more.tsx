import type { Doing } from "../asking";
import { say } from "../words";
import { Button } from "./button";
import { Trouble } from "./trouble";

/** The button that loads what follows in a list, as `usePaged` has it; nothing where nothing follows. */
export function More({ more }: { more: Doing<[]> | null }) {
  if (!more) return null;
  return (
    <>
      <Trouble refused={more.refused} />
      <Button isBusy={more.isRunning} isWide look="quiet" onPress={() => void more.run()}>
        {say.more}
      </Button>
    </>
  );
}
