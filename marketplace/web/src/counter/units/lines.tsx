import { Plus, Trash2 } from "lucide";
import type { ComponentChildren } from "preact";
import { Button, IconButton } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { say } from "./words";

type LinesProps<T> = {
  lines: readonly T[];
  /** What a new line begins as. */
  empty: T;
  onChange: (lines: readonly T[]) => void;
  /** The inputs of one line; `change` lays down some of it anew, `n` counts from one. */
  children: (line: T, change: (some: Partial<T>) => void, n: number) => ComponentChildren;
};

/** Lines of a bill or an estimate: one more, one less, each with its inputs. */
export function Lines<T extends object>({ lines, empty, onChange, children }: LinesProps<T>) {
  return (
    <>
      {lines.map((line, at) => (
        <Card key={at}>
          <div class="apart">
            <h3>{say.line(at + 1)}</h3>
            {lines.length > 1 && (
              <IconButton
                icon={Trash2}
                name={say.removeLine(at + 1)}
                onPress={() => onChange(lines.filter((_, other) => other !== at))}
              />
            )}
          </div>
          {children(
            line,
            (some) => onChange(lines.map((each, other) => (other === at ? { ...each, ...some } : each))),
            at + 1,
          )}
        </Card>
      ))}
      <Button icon={Plus} isWide look="quiet" onPress={() => onChange([...lines, empty])}>
        {say.addLine}
      </Button>
    </>
  );
}
