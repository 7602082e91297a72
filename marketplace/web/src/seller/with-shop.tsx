import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useAsked } from "../ground/asking";
import { Chip, Chips } from "../ground/parts/chips";
import { Loaded } from "../ground/parts/loading";
import { SignedIn } from "../ground/signed-in";
import { ShopsDocument, type ShopsQuery } from "./api";
import { NoShop } from "./no-shop";
import { say } from "./words";

export type Shop = NonNullable<ShopsQuery["viewer"]>["selling"][number];

const chosen = signal<string | undefined>(undefined);

/** What is shown of one of the reader's shops; who has several chooses. */
export function WithShop({ children }: { children: (shop: Shop) => ComponentChildren }) {
  return (
    <SignedIn>
      <Chosen>{children}</Chosen>
    </SignedIn>
  );
}

function Chosen({ children }: { children: (shop: Shop) => ComponentChildren }) {
  const asked = useAsked(ShopsDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) => {
        const shops = viewer?.selling ?? [];
        const shop = shops.find((each) => each.id === chosen.value) ?? shops[0];
        if (!shop) return <NoShop />;
        return (
          <>
            {shops.length > 1 && (
              <Chips name={say.shops}>
                {shops.map((each) => (
                  <Chip
                    isOn={each === shop}
                    key={each.id}
                    onPress={() => {
                      chosen.value = each.id;
                    }}
                  >
                    {each.name}
                  </Chip>
                ))}
              </Chips>
            )}
            <div class="stack" key={shop.id}>
              {children(shop)}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
