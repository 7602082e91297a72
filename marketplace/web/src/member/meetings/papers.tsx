import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { About } from "../../ground/parts/about";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Counted, toldOf } from "../../ground/parts/tally";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { WitnessPapersDocument } from "../api";
import type { Shown } from "./motion-page";
import { say } from "./words";

/** Paper ballots as an officer entered them: two who saw them counted say so. */
export function Papers({ motion, onChanged }: Shown) {
  const witnessing = useDoing(async (id: string) => {
    thing((await ask(WitnessPapersDocument, { input: { id } })).witnessPaperBallots);
    await onChanged();
  });
  return (
    <Card>
      <h2>{say.papers}</h2>
      <p>{say.papersHelp}</p>
      {motion.paperBallots.map(({ id, number, witnesses, counted }) => (
        <About.Provider key={id} value={toldOf(motion, counted)}>
          <div class="stack">
            <p>{say.papersOf(number, witnesses)}</p>
            <Counted counted={counted} of={motion} />
            {witnesses < 2 && (
              <Button isBusy={witnessing.isRunning} isWide look="quiet" onPress={() => void witnessing.run(id)}>
                {say.witness}
              </Button>
            )}
          </div>
        </About.Provider>
      ))}
      <Trouble refused={witnessing.refused} />
    </Card>
  );
}
