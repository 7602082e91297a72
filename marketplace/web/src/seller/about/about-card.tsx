import { Pencil } from "lucide";
import { rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Opener } from "../../ground/parts/opener";
import type { StallProps } from "../shop-page";
import { AboutSheet } from "./about-sheet";
import { say } from "./words";

/** What the shop says of itself, how it is called, and on which terms it sells. */
export function AboutCard({ stall, onChanged }: StallProps) {
  const terms = [
    stall.takesCash && say.takesCash,
    stall.takesOnline && say.takesOnline,
    stall.allowsPickup && say.allowsPickup,
    stall.packingFee > 0 && say.packs(rupiah(stall.packingFee)),
    stall.minimumOrder > 0 && say.least(rupiah(stall.minimumOrder)),
  ];
  return (
    <Card>
      <h2>{say.title}</h2>
      {stall.description && <p class="three-lines">{stall.description}</p>}
      <p>{stall.phone ?? say.noPhone}</p>
      <p>{terms.filter(Boolean).join(" · ")}</p>
      <Opener icon={Pencil} isWide label={say.change} look="quiet" onDone={onChanged}>
        {(ending) => <AboutSheet stall={stall} {...ending} />}
      </Opener>
    </Card>
  );
}
