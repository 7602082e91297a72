import { ExternalLink, Handshake, Star, User } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { PushCard } from "../ground/parts/push-card";
import { Row, Rows } from "../ground/parts/row";
import { say as purchasing } from "../ground/purchasing/words";
import { ShopRatings, summed } from "../ground/ratings/shop-ratings";
import { AboutCard } from "./about/about-card";
import { say as about } from "./about/words";
import { StallDocument, type StallFragment } from "./api";
import { HoursCard } from "./hours";
import { OpenCard } from "./open-card";
import { PlaceCard } from "./place";
import { say as joint } from "./purchasing/words";
import { SellerTabs } from "./seller-tabs";
import { WithShop } from "./with-shop";
import { say } from "./words";

export type StallProps = { stall: StallFragment; onChanged: () => Promise<void> };

/** Whether the shop takes orders now, its hours, and how it is told. */
export default function ShopPage() {
  return (
    <Page title={say.shop}>
      <WithShop>{(shop) => <Stall id={shop.id} isApproved={shop.state === "APPROVED"} />}</WithShop>
      <SellerTabs />
    </Page>
  );
}

function Stall({ id, isApproved }: { id: string; isApproved: boolean }) {
  const asked = useAsked(StallDocument, { id });
  return (
    <Loaded asked={asked}>
      {({ node }) =>
        node?.__typename === "Seller" && (
          <>
            {isApproved && <OpenCard onChanged={asked.again} stall={node} />}
            <AboutCard onChanged={asked.again} stall={node} />
            <HoursCard onChanged={asked.again} stall={node} />
            <PlaceCard onChanged={asked.again} stall={node} />
            <PushCard why={say.pushWhy} />
            <Rows>
              <li>
                <Ratings stall={node} />
              </li>
              <li>
                <Row
                  href="/jual/pembelian-bersama"
                  note={joint.note}
                  start={<Icon of={Handshake} />}
                  title={purchasing.title}
                />
              </li>
              <li>
                <Row href={`/toko/${node.slug}`} start={<Icon of={ExternalLink} />} title={say.asBuyersSee} />
              </li>
              <li>
                <Row href="/akun" start={<Icon of={User} />} title={say.account} />
              </li>
            </Rows>
          </>
        )
      }
    </Loaded>
  );
}

/** What buyers said of the shop; what harms it can be reported there. */
function Ratings({ stall }: { stall: StallFragment }) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Row
        note={summed(stall.rating)}
        onPress={() => setShown(true)}
        start={<Icon of={Star} />}
        title={about.ratings}
      />
      {isShown && <ShopRatings onClose={() => setShown(false)} slug={stall.slug} />}
    </>
  );
}
