import { Plus, Trash2 } from "lucide";
import { Button, IconButton } from "../../ground/parts/button";
import { Choice } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { BLANK, type Line, LONGEST_NAME, MOST_LINES, wrongIn } from "./draft";
import styles from "./lines.module.css";
import { say } from "./words";

type LinesProps = { lines: readonly Line[]; isNew: boolean; onChange: (lines: readonly Line[]) => void };

/** What there is to choose, a line each: its name and what it adds to the price; once it stands, whether it is sold out. */
export function Lines({ lines, isNew, onChange }: LinesProps) {
  const replace = (at: number, next: Partial<Line>) =>
    onChange(lines.map((line, n) => (n === at ? { ...line, ...next } : line)));
  return (
    <section class="stack">
      <h3>{say.lines}</h3>
      <small>{say.priceHelp}</small>
      {lines.map((line, at) => {
        const called = say.option(at + 1);
        const wrong = wrongIn(line);
        return (
          <div key={at}>
            <div class={styles.line}>
              <Field
                label={called}
                most={LONGEST_NAME}
                onChange={(name) => replace(at, { name })}
                value={line.name}
                wrong={wrong.name ? say.nameMissing : undefined}
              />
              <Field
                label={say.price}
                most={15}
                inputMode="numeric"
                onChange={(price) => replace(at, { price })}
                value={line.price}
                wrong={wrong.price ? say.priceWrong : undefined}
              />
              {lines.length > 1 && (
                <IconButton
                  icon={Trash2}
                  name={say.takeOut(called)}
                  onPress={() => onChange(lines.filter((_, n) => n !== at))}
                />
              )}
            </div>
            {!isNew && line.name.trim() && (
              <Choice
                group={`soldOut${at}`}
                isChosen={line.isSoldOut}
                label={say.soldOut(line.name.trim())}
                onChoose={(isSoldOut) => replace(at, { isSoldOut })}
                type="checkbox"
              />
            )}
          </div>
        );
      })}
      {lines.length < MOST_LINES && (
        <Button icon={Plus} isWide look="quiet" onPress={() => onChange([...lines, BLANK])}>
          {say.addLine}
        </Button>
      )}
    </section>
  );
}
