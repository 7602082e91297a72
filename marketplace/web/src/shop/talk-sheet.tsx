import { Phone } from "lucide";
import { useAsked } from "../ground/asking";
import { nothingChosen } from "../ground/ordering/options";
import { ButtonLink } from "../ground/parts/button";
import { Sheet } from "../ground/parts/sheet";
import { SellersTermsDocument } from "./api";
import type { KindSheetProps } from "./goods-sheet";
import { ListingFacts } from "./listing-facts";
import { say } from "./words";

/** What is agreed with its shop first: transport, and services whose price the shop names when asked. */
export function TalkSheet({ listing, onClose, children }: KindSheetProps) {
  const { answer } = useAsked(SellersTermsDocument, { id: listing.id });
  const phone = answer?.node?.__typename === "Listing" ? answer.node.seller.phone : null;
  return (
    <Sheet
      foot={
        <div class="stack">
          <p>{say.agreeFirst}</p>
          {phone && (
            <ButtonLink href={`tel:${phone}`} icon={Phone} isWide>
              {say.callShop}
            </ButtonLink>
          )}
        </div>
      }
      onClose={onClose}
      title={listing.title}
    >
      <ListingFacts chosen={nothingChosen(listing)} listing={listing} />
      {children}
    </Sheet>
  );
}
