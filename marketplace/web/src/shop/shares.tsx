import { useState } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { named } from "../ground/language";
import { Button } from "../ground/parts/button";
import { Loaded } from "../ground/parts/loading";
import { Sheet } from "../ground/parts/sheet";
import { Sums } from "../ground/parts/sums";
import { SharesDocument } from "./api";
import { parties, say } from "./words";

/** Who gets what of a part's money. */
export function Shares({ id }: { id: string }) {
  const [isShown, setShown] = useState(false);
  const asked = useAsked(SharesDocument, isShown ? { id } : null);
  return (
    <>
      <Button look="plain" onPress={() => setShown(true)}>
        {say.seeShares}
      </Button>
      {isShown && (
        <Sheet onClose={() => setShown(false)} title={say.shares}>
          <Loaded asked={asked}>
            {({ node }) => (
              <Sums
                sums={
                  node?.__typename === "SubOrder"
                    ? node.split.map(({ party, amount }) => ({ name: named(parties, party.kind), amount }))
                    : []
                }
              />
            )}
          </Loaded>
        </Sheet>
      )}
    </>
  );
}
