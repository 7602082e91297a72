import { Star } from "lucide";
import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { time } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { DecideRatingDocument, ReportedRatingsDocument, type ReportedRatingsQuery } from "../api";
import { ForOperator } from "../for-operator";
import { OperatorTabs } from "../operator-tabs";
import { ReasonSheet } from "../reason-sheet";
import { parties, say } from "./words";

type Rating = ReportedRatingsQuery["reportedRatings"]["nodes"][number];

/** What buyers said that somebody reported, and the operator's word on it. */
export default function Ratings() {
  return (
    <Page backTo="/pengelola/laporan" isWide title={say.title}>
      <ForOperator>
        <List />
      </ForOperator>
      <OperatorTabs />
    </Page>
  );
}

function List() {
  const { asked, nodes, more } = usePaged(ReportedRatingsDocument, ({ reportedRatings }) => reportedRatings);
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <>
            {nodes.map((rating) => (
              <RatingCard key={rating.id} onChanged={asked.again} rating={rating} />
            ))}
            <More more={more} />
          </>
        ) : (
          <Empty icon={Star} title={say.none}>
            <p>{say.noneHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}

function RatingCard({ rating, onChanged }: { rating: Rating; onChanged: () => Promise<void> }) {
  const [deciding, setDeciding] = useState<"hide" | "letStand">();
  const decide = async (reason: string) => {
    const input = { id: rating.id, isHidden: deciding === "hide", reason };
    thing((await ask(DecideRatingDocument, { input })).decideRating);
    await onChanged();
  };
  return (
    <Card about={`${named(parties, rating.about)}, ${time(rating.givenAt)}`}>
      <h2>{named(parties, rating.about)}</h2>
      <p>
        {rating.stars != null && say.stars(rating.stars)} · {time(rating.givenAt)}
      </p>
      <p>{rating.text ? `“${rating.text}”` : say.noWords}</p>
      {rating.report && <p>{say.reported(rating.report)}</p>}
      <div class="beside">
        <Button look="danger" onPress={() => setDeciding("hide")}>
          {say.hide}
        </Button>
        <Button look="quiet" onPress={() => setDeciding("letStand")}>
          {say.letStand}
        </Button>
      </div>
      {deciding && (
        <ReasonSheet
          help={deciding === "hide" ? say.hideHelp : say.letStandHelp}
          isDanger={deciding === "hide"}
          onClose={() => setDeciding(undefined)}
          onDo={decide}
          title={say[deciding]}
        />
      )}
    </Card>
  );
}
