import { ButtonLink } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import type { OwnedFragment } from "./api";
import { say } from "./words";

type Told = { title: (shop: string) => string; help?: (cooperative: string) => string };

/** What keeps a shop from selling, and what happens next. Read while rendering: the words follow the language. */
function told(state: string): Told | undefined {
  switch (state) {
    case "APPLIED":
      return { title: say.awaits, help: say.awaitsHelp };
    case "REFUSED":
      return { title: say.refused, help: say.refusedHelp };
    case "SUSPENDED":
      return { title: say.suspended, help: say.suspendedHelp };
    case "BLOCKED":
      return { title: say.blocked };
    default:
      return undefined;
  }
}

/** Why the shop doesn't sell yet, or no longer; nothing where it does. */
export function ShopState({ shop }: { shop: OwnedFragment }) {
  const words = told(shop.state);
  if (!words) return null;
  return (
    <Card>
      <h2>{words.title(shop.name)}</h2>
      {shop.stateReason && <p>{say.because(shop.stateReason)}</p>}
      {words.help && <p>{words.help(shop.cooperative?.name ?? say.yourCooperative)}</p>}
      {shop.state === "REFUSED" && (
        <ButtonLink href="/jual/buka" isWide look="quiet">
          {say.openShop}
        </ButtonLink>
      )}
    </Card>
  );
}
