import { HandCoins } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { measured } from "../../ground/measured";
import { Choice, Choices } from "../../ground/parts/choice";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { interestMethods, loanPurposes } from "../../ground/values";
import { type LoanOfferFragment, LoanOffersDocument } from "../api";
import type { Membership } from "../with-membership";
import { say as common } from "../words";
import { say } from "./words";

type OffersProps = {
  membership: Membership;
  /** Those that pay for purchases at units, or those that are paid to the member. */
  financesPurchases: boolean;
  /** What is asked of who chose an offer; `saved` is what he has in voluntary savings. */
  children: (offer: LoanOfferFragment, saved: number) => ComponentChildren;
};

/** What the co-op lends its members, of which one is chosen. */
export function Offers({ membership, financesPurchases, children }: OffersProps) {
  const [chosenId, setChosenId] = useState("");
  const { id, cooperative } = membership;
  const asked = useAsked(LoanOffersDocument, { slug: cooperative.slug, membershipId: id });
  return (
    <Loaded asked={asked}>
      {({ cooperative, node }) => {
        const fitting = (cooperative?.loanProducts ?? []).filter(
          (offer) => !offer.isRetired && offer.financesPurchases === financesPurchases,
        );
        const chosen = fitting.find((offer) => offer.id === chosenId) ?? fitting[0];
        if (!chosen) return <Empty icon={HandCoins} title={financesPurchases ? say.noFinancing : say.noOffers} />;
        const savings = node?.__typename === "Membership" ? node.savings : [];
        const saved = savings.reduce((all, { kind, balance }) => all + (kind === "VOLUNTARY" ? balance : 0), 0);
        return (
          <>
            <Choices about={say.which}>
              {fitting.map((offer) => (
                <Choice
                  group="offer"
                  isChosen={offer === chosen}
                  key={offer.id}
                  label={<Told offer={offer} />}
                  onChoose={() => setChosenId(offer.id)}
                  type="radio"
                />
              ))}
            </Choices>
            <div class="stack" key={chosen.id}>
              {children(chosen, saved)}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

function Told({ offer }: { offer: LoanOfferFragment }) {
  const terms = [
    named(loanPurposes, offer.purpose),
    `${say.interestOf(measured("BASIS_POINTS", offer.rate))}, ${named(interestMethods, offer.method).toLowerCase()}`,
    ...(offer.guarantors ? [say.needsGuarantors(offer.guarantors)] : []),
  ];
  return (
    <>
      <span class="two-lines">{offer.name}</span>
      <small>
        {rupiah(offer.leastAmount)} – {rupiah(offer.mostAmount)},{" "}
        {say.termsFrom(offer.leastMonths, common.months(offer.mostMonths))}
        <br />
        {terms.join(" · ")}
      </small>
    </>
  );
}
