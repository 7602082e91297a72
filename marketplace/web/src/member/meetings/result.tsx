import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { inFours } from "../../ground/parts/code";
import { nameOf, Tally } from "../../ground/parts/tally";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { ResultsDocument } from "../api";
import { ownToken } from "./ballot/casting";
import { type Checked, checked } from "./ballot/checking";
import { receiptOf } from "./ballot/device";
import type { Motion } from "./motion-page";
import { say } from "./words";

/** What the vote came to; of a secret one, whether one's own ballot is in it. */
export function Result({ motion }: { motion: Motion }) {
  return (
    <>
      <Card>
        <Tally of={motion} />
      </Card>
      {motion.way === "SECRET" && motion.resultDigest && <Check digest={motion.resultDigest} motion={motion} />}
    </>
  );
}

function Check({ motion, digest }: { motion: Motion; digest: string }) {
  const [found, setFound] = useState<Checked & { receipt: string }>();
  const token = ownToken(motion.id);
  const checking = useDoing(async () => {
    const { node } = await ask(ResultsDocument, { id: motion.id });
    const results = node?.__typename === "Motion" ? node.results : undefined;
    if (!(results && token)) return;
    setFound({ ...(await checked(results, digest, token)), receipt: await receiptOf(token) });
  });
  if (!token) return <p>{say.notHere}</p>;
  return (
    <Card>
      <h2>{say.check}</h2>
      {found ? (
        <>
          <p>
            <strong>
              {found.choice
                ? say.counted(found.choice.map((option) => nameOf(motion, option)).join(", "))
                : say.missing}
            </strong>
          </p>
          <p>{found.isTrue ? say.isTrue(found.ballots) : say.isFalse}</p>
          <small>{say.receiptOf(inFours(found.receipt))}</small>
        </>
      ) : (
        <>
          <p>{say.checkHelp}</p>
          <Trouble refused={checking.refused} />
          <Button isBusy={checking.isRunning} isWide onPress={() => void checking.run()}>
            {say.check}
          </Button>
        </>
      )}
    </Card>
  );
}
