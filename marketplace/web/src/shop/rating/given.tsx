import { Star } from "lucide";
import { useState } from "preact/hooks";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import type { RatingAbout } from "../api";
import type { SubOrder } from "../order-page";
import { RateSheet } from "./rate-sheet";
import { parties, say } from "./words";

type GivenProps = { part: SubOrder; onChanged: () => Promise<void> };

/** What the buyer said of the shop and of the driver, and the way to say it. */
export function Given({ part, onChanged }: GivenProps) {
  const [about, setAbout] = useState<RatingAbout>();
  return (
    <>
      {part.ratings.map(
        (rating) =>
          rating.stars != null && <p key={rating.id}>{say.rated(named(parties, rating.about), rating.stars)}</p>,
      )}
      {part.rateable.map((party) => (
        <Button icon={Star} isWide key={party} look="quiet" onPress={() => setAbout(party)}>
          {(part.ratings.some((rating) => rating.about === party) ? say.change : say.rate)(named(parties, party))}
        </Button>
      ))}
      {about && <RateSheet about={about} onChanged={onChanged} onClose={() => setAbout(undefined)} part={part} />}
    </>
  );
}
