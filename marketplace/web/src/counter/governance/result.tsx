import { Card } from "../../ground/parts/card";
import { Tally } from "../../ground/parts/tally";
import type { Motion } from "./motion-desk";
import { say } from "./words";

/** What the vote came to, and the digest by which its published results are known. */
export function Result({ motion }: { motion: Motion }) {
  return (
    <Card>
      <Tally of={motion} />
      {motion.resultDigest && (
        <p>
          <small>{say.digest(motion.resultDigest.slice(0, 16))}</small>
        </p>
      )}
    </Card>
  );
}
