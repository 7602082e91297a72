import { SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { useAsked } from "../ground/asking";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { say as common } from "../ground/words";
import { ListingPageDocument } from "./api";
import { say } from "./words";

/** A listing's own link leads to it in its shop. */
export default function ListingPage() {
  const { params } = useRoute();
  const { route } = useLocation();
  const id = params.id ?? "";
  const asked = useAsked(ListingPageDocument, { id });
  const found = asked.answer?.node;
  const slug = found?.__typename === "Listing" ? found.seller.slug : undefined;
  useEffect(() => {
    if (slug) route(`/toko/${slug}?barang=${encodeURIComponent(id)}`, true);
  }, [slug]);
  return (
    <Page backTo="/" title={asked.isAsking || slug ? common.loading : say.noListing}>
      <Loaded asked={asked}>
        {() =>
          slug ? null : (
            <Empty icon={SearchX} title={say.noListing}>
              <p>{say.noListingHelp}</p>
              <ButtonLink href="/">{common.home}</ButtonLink>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}
