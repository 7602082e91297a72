import { Flag } from "lucide";
import { useState } from "preact/hooks";
import { Button } from "../ground/parts/button";
import type { ListingWholeFragment } from "./api";
import { GoodsSheet } from "./goods-sheet";
import { ReportSheet } from "./report-sheet";
import { ServiceSheet } from "./service-sheet";
import { TalkSheet } from "./talk-sheet";
import { say } from "./words";

/** A listing whole, and how it is had: goods by the basket, a service at a time, the rest by talking to the shop. */
export function ListingSheet({ listing, onClose }: { listing: ListingWholeFragment; onClose: () => void }) {
  const [isReporting, setReporting] = useState(false);
  if (isReporting) return <ReportSheet id={listing.id} onClose={onClose} />;
  const Kind = listing.isByQuote || listing.kind === "LOGISTICS" ? TalkSheet : sheets[listing.kind];
  return (
    <Kind listing={listing} onClose={onClose}>
      <Button icon={Flag} look="plain" onPress={() => setReporting(true)}>
        {say.report}
      </Button>
    </Kind>
  );
}

const sheets = { FOOD: GoodsSheet, GOODS: GoodsSheet, SERVICE: ServiceSheet } as const;
