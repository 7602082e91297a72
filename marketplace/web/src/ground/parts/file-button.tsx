import { Download, type IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useDoing } from "../asking";
import { keep } from "../files";
import { Button } from "./button";
import { Trouble } from "./trouble";

type FileButtonProps = { path: string; look?: "quiet" | "plain"; icon?: IconNode; children: ComponentChildren };

/** Keeps a file of the node's on this device. */
export function FileButton({ path, look = "quiet", icon = Download, children }: FileButtonProps) {
  const keeping = useDoing(() => keep(path));
  return (
    <>
      <Button icon={icon} isBusy={keeping.isRunning} look={look} onPress={() => void keeping.run()}>
        {children}
      </Button>
      {keeping.refused && <Trouble refused={keeping.refused} />}
    </>
  );
}
