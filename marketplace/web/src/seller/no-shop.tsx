import { Store } from "lucide";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { say } from "./words";

/** For who is signed in and sells nothing yet. */
export function NoShop() {
  return (
    <Empty icon={Store} title={say.noShop}>
      <p>{say.noShopHelp}</p>
      <ButtonLink href="/jual/buka">{say.openShop}</ButtonLink>
      <ButtonLink href="/" look="plain">
        {say.toMarket}
      </ButtonLink>
    </Empty>
  );
}
