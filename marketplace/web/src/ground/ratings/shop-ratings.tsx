import { useState } from "preact/hooks";
import { ShopRatingsDocument } from "../api";
import { useAsked } from "../asking";
import { count as figure } from "../figures";
import { Loaded } from "../parts/loading";
import { Sheet } from "../parts/sheet";
import { RatingList, ReportRating } from "./rating-list";
import { say } from "./words";

type Summary = { count: number; average: number | null };

/** What the ratings come to, in words. */
export function summed({ count, average }: Summary): string {
  if (!count) return say.none;
  return average == null ? say.few(figure(count)) : say.average(figure(average), figure(count));
}

/** What buyers said of a shop lately; who is signed in, buyer or seller, may report what is no rating. */
export function ShopRatings({ slug, onClose }: { slug: string; onClose: () => void }) {
  const asked = useAsked(ShopRatingsDocument, { slug });
  const nodes = asked.answer?.seller?.ratings.nodes ?? [];
  const [reported, setReported] = useState<string>();
  if (reported) return <ReportRating id={reported} onClose={onClose} />;
  return (
    <Sheet onClose={onClose} title={say.ratings}>
      <Loaded asked={asked}>
        {() => (nodes.length ? <RatingList onReport={setReported} ratings={nodes} /> : <p>{say.none}</p>)}
      </Loaded>
    </Sheet>
  );
}
