import { MessageCircle, Phone } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Trouble } from "../ground/parts/trouble";
import { Refused } from "../ground/refused";
import { ask } from "../ground/session";
import { CallDocument, type CallMutation, type HeldJobFragment } from "./api";
import styles from "./contact.module.css";
import { dropAt } from "./queue/ahead";
import { queue } from "./queue/own";
import { Talk } from "./talk";
import { say } from "./words";

type Called = Extract<CallMutation["callParty"], { __typename: "ContactAttempt" }>;

/** Write to or call whom he goes to: the shop before the pickup, then the receiver. */
export function Contact({ job }: { job: HeldJobFragment }) {
  const isToShop = !["CARRYING", "AT_DROPOFF"].includes(job.state);
  const drop = isToShop ? undefined : dropAt(job.drops);
  const [isTalking, setTalking] = useState(false);
  const [called, setCalled] = useState<Called>();
  const intent = useIntent();
  const calling = useDoing(async () => {
    const wanted = { jobId: job.id, ...(drop ? { dropId: drop.id } : {}) };
    try {
      setCalled(
        thing((await ask(CallDocument, { input: { ...wanted, idempotencyKey: intent.key(wanted) } })).callParty),
      );
      intent.settle();
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.code !== "OFFLINE") throw thrown;
      if (!drop?.phone) throw new Refused({ code: "OFFLINE", message: say.noCall, retryable: true });
      // Without a network he calls by his own phone; that he tried is evidence all the same.
      setCalled({ __typename: "ContactAttempt", number: drop.phone, isConnected: false, isSimulated: false });
      await queue.value?.tell({ kind: "CALL", ...wanted });
    }
  });
  return (
    <Card>
      <div class={styles.ways}>
        <Button icon={MessageCircle} look="quiet" onPress={() => setTalking(true)}>
          {drop ? say.chatReceiver : say.chatShop}
        </Button>
        <Button icon={Phone} isBusy={calling.isRunning} look="quiet" onPress={() => void calling.run()}>
          {drop ? say.callReceiver : say.callShop}
        </Button>
      </div>
      <Trouble refused={calling.refused} />
      {called?.number && (
        <a class={styles.dial} href={`tel:${called.number}`}>
          {say.dial(called.number)}
        </a>
      )}
      {called?.isConnected && !called.number && <p>{say.ringing}</p>}
      {called?.isSimulated && <p>{say.simulated}</p>}
      {isTalking && <Talk drop={drop} job={job} onClose={() => setTalking(false)} />}
    </Card>
  );
}
