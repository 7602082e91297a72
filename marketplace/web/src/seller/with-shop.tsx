import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useAsked } from "../ground/asking";
import { Loaded } from "../ground/parts/loading";
import { OneOf } from "../ground/parts/one-of";
import { SignedIn } from "../ground/signed-in";
import { ShopsDocument, type ShopsQuery } from "./api";
import { NoShop } from "./no-shop";
import { ShopState } from "./shop-state";
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
      {({ viewer }) => (
        <OneOf
          about={say.shops}
          chosen={chosen}
          nameOf={({ name }) => name}
          none={<NoShop />}
          things={viewer?.selling ?? []}
        >
          {(shop) => (
            <>
              <ShopState shop={shop} />
              {children(shop)}
            </>
          )}
        </OneOf>
      )}
    </Loaded>
  );
}
