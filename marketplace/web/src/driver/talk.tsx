import { useAsked } from "../ground/asking";
import { time } from "../ground/figures";
import { named } from "../ground/language";
import { useLive } from "../ground/live";
import { Button } from "../ground/parts/button";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { type HeldJobFragment, PhrasesDocument, TalkChangedDocument, TalkDocument } from "./api";
import styles from "./contact.module.css";
import { queue } from "./queue/own";
import { useTelling } from "./steps";
import { say, sides } from "./words";

type TalkProps = { job: HeldJobFragment; drop: HeldJobFragment["drops"][number] | undefined; onClose: () => void };

/** What was said, and what is said most with one tap; without a network it goes later. */
export function Talk({ job, drop, onClose }: TalkProps) {
  const { answer: told } = useAsked(PhrasesDocument, {});
  const asked = useAsked(TalkDocument, { id: job.id });
  const refresh = () => void asked.again();
  useLive(TalkChangedDocument, { jobId: job.id }, refresh, refresh);
  const telling = useTelling(job);
  const pointless = drop ? "IS_IT_READY" : "PLEASE_SMALL_CHANGE"; // the shop knows, and the receiver pays
  const phrases = told?.talkPhrases.filter(({ code, sides }) => sides.includes("DRIVER") && code !== pointless) ?? [];
  const text = new Map(phrases.map((phrase) => [phrase.code, phrase.text]));
  const said = asked.answer?.node?.__typename === "DeliveryJob" ? asked.answer.node.messages.nodes : [];
  const unsent =
    queue.value?.unsent.value.filter((event) => event.kind === "MESSAGE" && event.jobId === job.id) ?? [];
  const speak = async (phrase: string) => {
    if (await telling.run({ kind: "MESSAGE", phrase, ...(drop ? { dropId: drop.id } : {}) })) refresh();
  };
  return (
    <Sheet onClose={onClose} title={drop ? say.toTheReceiver : say.toTheShop}>
      <ul aria-live="polite" class={styles.said}>
        {said.map((message) => (
          <li class={message.isMine ? styles.mine : undefined} key={message.id}>
            <span class={styles.who}>
              {message.isMine ? say.you : named(sides, message.side)} · {time(message.at)}
            </span>
            {message.text}
          </li>
        ))}
        {unsent.map((event) => (
          <li class={styles.mine} key={event.sequence}>
            <span class={styles.who}>
              {say.you} · {say.notYetSent}
            </span>
            {text.get(event.phrase ?? "")}
          </li>
        ))}
      </ul>
      <Trouble refused={telling.refused} />
      <p>{say.tapToSend}</p>
      <div class={styles.phrases}>
        {phrases.map((phrase) => (
          <Button
            isDisabled={telling.isRunning}
            isWide
            key={phrase.code}
            look="quiet"
            onPress={() => void speak(phrase.code)}
          >
            {phrase.text}
          </Button>
        ))}
      </div>
    </Sheet>
  );
}
