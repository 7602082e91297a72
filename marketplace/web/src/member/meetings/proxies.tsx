import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Field } from "../../ground/parts/field";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { GiveProxyDocument, WithdrawProxyDocument } from "../api";
import type { Meeting } from "./meeting-page";
import { say } from "./words";

type ProxiesProps = { meeting: Meeting; onChanged: () => Promise<void> };

/** Who votes for whom: by a proxy, or as the delegate of a group. */
export function Proxies({ meeting, onChanged }: ProxiesProps) {
  const { mine, delegates } = meeting;
  const givers = mine?.givers ?? [];
  return (
    <>
      {givers.length > 0 && (
        <Card>
          <p>{say.youHold(givers.length, givers.flatMap(({ account }) => account?.name || []).join(", "))}</p>
        </Card>
      )}
      {delegates.length > 0 && (
        <Card>
          <h2>{say.delegates}</h2>
          {delegates.map(({ standsFor, group, membership }, n) => (
            <p key={membership?.id ?? n}>
              {membership?.account?.name}
              <br />
              <small>{say.delegate(group?.name ?? "", standsFor)}</small>
            </p>
          ))}
        </Card>
      )}
      {mine && !mine.way && meeting.state === "CALLED" && <Giving meeting={meeting} onChanged={onChanged} />}
    </>
  );
}

function Giving({ meeting, onChanged }: ProxiesProps) {
  const [number, setNumber] = useState("");
  const giving = useDoing(async () => {
    const input = { meetingId: meeting.id, holderNumber: Number(number) };
    thing((await ask(GiveProxyDocument, { input })).giveProxy);
    toast(say.proxyGiven);
    setNumber("");
    await onChanged();
  });
  const withdrawing = useDoing(async () => {
    thing((await ask(WithdrawProxyDocument, { input: { meetingId: meeting.id } })).withdrawProxy);
    toast(say.proxyWithdrawn);
    await onChanged();
  });
  const holder = meeting.mine?.holder;
  return (
    <Card>
      <h2>{say.proxy}</h2>
      <p>{holder ? say.heldBy(holder.account?.name || say.unnamed) : say.proxyHelp}</p>
      {holder && (
        <Button isBusy={withdrawing.isRunning} isWide look="quiet" onPress={() => void withdrawing.run()}>
          {say.withdrawProxy}
        </Button>
      )}
      <Trouble refused={withdrawing.refused} />
      <Field inputMode="numeric" label={say.holderNumber} most={8} onChange={setNumber} value={number} />
      <Trouble refused={giving.refused} />
      <Button
        isBusy={giving.isRunning}
        isDisabled={!/^\d+$/.test(number)}
        isWide
        look="quiet"
        onPress={() => void giving.run()}
      >
        {holder ? say.giveAnother : say.giveProxy}
      </Button>
    </Card>
  );
}
