import { MapPin } from "lucide";
import { Card } from "../ground/parts/card";
import { Opener } from "../ground/parts/opener";
import { PlaceSheet } from "./place-sheet";
import type { StallProps } from "./shop-page";
import { say } from "./words";

/** Where buyers and drivers find the shop. */
export function PlaceCard({ stall, onChanged }: StallProps) {
  return (
    <Card>
      <h2>{say.place}</h2>
      <p>{stall.address || say.noAddress}</p>
      <Opener icon={MapPin} isWide label={say.changePlace} look="quiet" onDone={onChanged}>
        {(ending) => <PlaceSheet stall={stall} {...ending} />}
      </Opener>
    </Card>
  );
}
