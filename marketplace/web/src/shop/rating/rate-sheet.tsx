import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { Stars } from "../../ground/ratings/stars";
import { ask } from "../../ground/session";
import { RateDocument, type RatingAbout, WithdrawRatingDocument } from "../api";
import type { SubOrder } from "../order-page";
import { parties, say, starWords } from "./words";

type RateSheetProps = { part: SubOrder; about: RatingAbout; onChanged: () => Promise<void>; onClose: () => void };

const STARS = [5, 4, 3, 2, 1];

/** Stars and words for one party; what was given before stands in it. */
export function RateSheet({ part, about, onChanged, onClose }: RateSheetProps) {
  const given = part.ratings.find((rating) => rating.about === about);
  const [stars, setStars] = useState(given?.stars ?? 0);
  const [text, setText] = useState(given?.text ?? "");
  const done = async (told: string) => {
    toast(told);
    onClose();
    await onChanged();
  };
  const rating = useDoing(async () => {
    thing(
      (await ask(RateDocument, { input: { subOrderId: part.id, about, stars, text: text.trim() } })).rateSubOrder,
    );
    await done(say.thanks);
  });
  const withdrawing = useDoing(async () => {
    if (given) thing((await ask(WithdrawRatingDocument, { input: { id: given.id } })).withdrawRating);
    await done(say.withdrawn);
  });
  return (
    <Sheet onClose={onClose} title={say.rate(named(parties, about))}>
      <Choices about={say.rateHow}>
        {STARS.map((n) => (
          <Choice
            group="stars"
            isChosen={stars === n}
            key={n}
            label={<Stars of={n} />}
            note={starWords[`S${n}` as keyof typeof starWords]}
            onChoose={() => setStars(n)}
            type="radio"
          />
        ))}
      </Choices>
      <Field label={say.words} most={500} onChange={setText} rows={3} value={text} />
      <p>{about === "SELLER" ? say.isPublic : say.isPrivate}</p>
      <Trouble refused={rating.refused ?? withdrawing.refused} />
      <Button isBusy={rating.isRunning} isDisabled={!stars} isWide onPress={() => void rating.run()}>
        {say.send}
      </Button>
      {given && (
        <Button isBusy={withdrawing.isRunning} isWide look="plain" onPress={() => void withdrawing.run()}>
          {say.withdraw}
        </Button>
      )}
    </Sheet>
  );
}
