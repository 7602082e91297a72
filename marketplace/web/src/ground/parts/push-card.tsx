import { BellOff, BellRing } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useDoing } from "../asking";
import { isPushed, stopPushes, takePushes } from "../push";
import { say } from "../words";
import { Button } from "./button";
import { Card } from "./card";
import { Trouble } from "./trouble";

/** Whether this browser is told of news while the app is closed, and the button that changes it; `why` says of what. */
export function PushCard({ why }: { why: string }) {
  const [isOn, setOn] = useState<boolean>();
  const look = () => isPushed().then(setOn);
  useEffect(() => void look(), []);
  const changing = useDoing(async () => {
    await (isOn ? stopPushes() : takePushes());
    await look();
  });
  return (
    <Card>
      <p>{why}</p>
      <Trouble refused={changing.refused} />
      {isOn === undefined ? (
        <p>{say.pushAbsent}</p>
      ) : (
        <Button
          icon={isOn ? BellOff : BellRing}
          isBusy={changing.isRunning}
          isWide
          look={isOn ? "quiet" : "main"}
          onPress={() => void changing.run()}
        >
          {isOn ? say.pushOff : say.pushOn}
        </Button>
      )}
    </Card>
  );
}
