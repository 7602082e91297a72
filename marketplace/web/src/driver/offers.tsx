import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { distance, rupiah } from "../ground/figures";
import { useLive } from "../ground/live";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Facts } from "../ground/parts/facts";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import {
  AcceptOfferDocument,
  DeclineOfferDocument,
  type OfferFragment,
  OffersChangedDocument,
  OffersDocument,
} from "./api";
import styles from "./offers.module.css";
import { say } from "./words";

/** The jobs that lie before this driver now; nothing where there are none. */
export function Offers() {
  const asked = useAsked(OffersDocument, {});
  const refresh = () => void asked.again();
  useLive(OffersChangedDocument, {}, refresh, refresh);
  const offers = asked.answer?.viewer?.driving?.offers ?? [];
  if (!offers.length) return null;
  return (
    <section class="stack">
      <h2>{say.offers}</h2>
      {offers.map((offer) => (
        <OfferCard key={offer.id} offer={offer} onGone={asked.again} />
      ))}
    </section>
  );
}

function OfferCard({ offer, onGone }: { offer: OfferFragment; onGone: () => Promise<void> }) {
  const { route } = useLocation();
  const intent = useIntent();
  const answering = useDoing(async (isTaken: boolean) => {
    const wanted = { offerId: offer.id };
    const input = { ...wanted, idempotencyKey: intent.key([wanted, isTaken]) };
    const answer = isTaken
      ? (await ask(AcceptOfferDocument, { input })).acceptOffer
      : (await ask(DeclineOfferDocument, { input })).declineOffer;
    intent.settle();
    const { id } = thing<typeof answer>(answer);
    toast(isTaken ? say.taken : say.declined);
    if (isTaken) route(`/antar/tugas/${encodeURIComponent(id)}`);
    else await onGone();
  });
  const minutes = Math.ceil(offer.waitSeconds / 60);
  return (
    <Card about={[offer.job?.pickup.name, offer.job?.drops[0]?.address].filter(Boolean).join(", ")}>
      <Countdown until={offer.expiresAt} />
      <h3>{offer.job?.pickup.name}</h3>
      <p>{offer.job?.drops[0]?.address ?? offer.job?.pickup.address}</p>
      <Facts
        facts={[
          { name: say.yours, is: rupiah(offer.ownShare), isLarge: true },
          { name: say.cash, is: offer.cashToCarry ? rupiah(offer.cashToCarry) : say.noCash },
          { name: say.toShop, is: distance(offer.distanceToPickup) },
          { name: say.ride, is: distance(offer.job?.distance ?? 0) },
          { name: say.waiting, is: minutes ? say.minutes(minutes) : say.noWait },
        ]}
      />
      <Trouble refused={answering.refused} />
      <Button isBusy={answering.isRunning} isWide onPress={() => void answering.run(true)}>
        {say.accept}
      </Button>
      <Button isBusy={answering.isRunning} isWide look="quiet" onPress={() => void answering.run(false)}>
        {say.decline}
      </Button>
      <details class={styles.why}>
        <summary>{say.whyMe}</summary>
        <p>{offer.why.words}</p>
        <ul>
          {offer.why.factors.map((factor) => (
            <li key={factor.kind}>{factor.words}</li>
          ))}
        </ul>
      </details>
    </Card>
  );
}

/** How long an offer lies before him still. */
function Countdown({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div>
      <Badge tone="warn">{say.secondsLeft(Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)))}</Badge>
    </div>
  );
}
