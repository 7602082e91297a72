import { useEffect, useState } from "preact/hooks";
import { QuoteDocument, type QuoteMutation, type QuoteMutationVariables } from "../api";
import { useDoing } from "../asking";
import { thing } from "../client";
import { distance, rupiah, time } from "../figures";
import { language } from "../language";
import { Button } from "../parts/button";
import { Card } from "../parts/card";
import { Loading } from "../parts/loading";
import { type Sum, Sums } from "../parts/sums";
import { Trouble } from "../parts/trouble";
import type { Refused } from "../refused";
import { ask } from "../session";
import { say } from "./words";

type Quote = Extract<QuoteMutation["quoteOrder"], { __typename: "Quote" }>;
type Quoting = {
  quote: Quote | undefined;
  /** The one before, while what is wanted is reckoned anew. */
  latest: Quote | undefined;
  isRunning: boolean;
  refused: Refused | undefined;
  again: () => void;
};

/** A binding price for what is wanted, reckoned anew whenever what is wanted changes. `null` waits. */
export function useQuote(wanted: QuoteMutationVariables["input"] | null): Quoting {
  const key = JSON.stringify(wanted);
  const [held, setHeld] = useState<{ key: string; quote: Quote }>();
  const { run, isRunning, refused } = useDoing(async () => {
    if (wanted) setHeld({ key, quote: thing((await ask(QuoteDocument, { input: wanted })).quoteOrder) });
  });
  const quote = held?.key === key ? held.quote : undefined;
  useEffect(() => {
    if (wanted && !isRunning) void run();
  }, [key, isRunning && !quote]);
  return { quote, latest: held?.quote, isRunning, refused, again: () => void run() };
}

/** What it costs, every line with its words. */
export function QuoteCard({ quoting }: { quoting: Quoting }) {
  const { quote, isRunning, refused, again } = quoting;
  if (!quote) {
    if (refused && !isRunning) {
      return (
        <Card>
          <Trouble refused={refused} />
          <Button isWide look="quiet" onPress={again}>
            {say.requote}
          </Button>
        </Card>
      );
    }
    return isRunning ? <Loading lines={2} /> : null;
  }
  return (
    <Card>
      <h2>{say.cost}</h2>
      {quote.parts.map((part) => (
        <Sums key={part.sellerId} sums={sumsOf(part)} />
      ))}
      <Sums sums={[{ name: say.total, amount: quote.total, isTotal: true }]} />
      <p>{say.quoteUntil(time(quote.expiresAt))}</p>
    </Card>
  );
}

function sumsOf(part: Quote["parts"][number]): Sum[] {
  const away = part.distance > 0 ? say.deliveryOver(distance(part.distance)) : say.delivery;
  return [
    ...part.lines.map((line) => ({ name: `${line.quantity} × ${line.title}`, amount: line.total })),
    ...(part.packing ? [{ name: say.packing, amount: part.packing }] : []),
    ...(part.fulfilment === "DELIVERY"
      ? [{ name: away, amount: part.delivery, why: part.deliveryLines.map(worded) }]
      : []),
    ...(part.tip ? [{ name: say.tip, amount: part.tip }] : []),
  ];
}

/** A line of a delivery's price in the reader's language, with its amount. */
export function worded(line: { indonesian: string; english: string; amount: number }): string {
  return `${language.value === "en" ? line.english : line.indonesian}: ${rupiah(line.amount)}`;
}
