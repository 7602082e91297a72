import { Plus } from "lucide";
import { useState } from "preact/hooks";
import { rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Stepper } from "../../ground/parts/stepper";
import { chosenWords, keyOf, type Line, priceOf, withOne } from "./lines";
import { MenuSheet } from "./menu-sheet";
import { say } from "./words";

type LinesCardProps = { shopId: string; lines: readonly Line[]; onChange: (lines: readonly Line[]) => void };

/** What the caller wants: taken from the menu, counted up and down; none of it takes it away. */
export function LinesCard({ shopId, lines, onChange }: LinesCardProps) {
  const [isChoosing, setChoosing] = useState(false);
  const set = (line: Line, quantity: number) =>
    onChange(
      quantity === 0
        ? lines.filter((each) => each !== line)
        : lines.map((each) => (each === line ? { ...line, quantity } : each)),
    );
  return (
    <Card>
      <h2>{say.what}</h2>
      {lines.map((line) => (
        <div class="apart" key={keyOf(line)}>
          <p>
            <strong>{line.listing.title}</strong>
            {chosenWords(line) && ` (${chosenWords(line)})`}
            <br />
            {rupiah(priceOf(line))}
          </p>
          <Stepper name={say.amountOf(line.listing.title)} onChange={(to) => set(line, to)} value={line.quantity} />
        </div>
      ))}
      <Button icon={Plus} isWide look="quiet" onPress={() => setChoosing(true)}>
        {lines.length ? say.addMore : say.add}
      </Button>
      {isChoosing && (
        <MenuSheet
          onClose={() => setChoosing(false)}
          onTake={(listing, chosen) => {
            onChange(withOne(lines, listing, chosen));
            setChoosing(false);
          }}
          shopId={shopId}
        />
      )}
    </Card>
  );
}
