import { useAsked } from "../ground/asking";
import { Loaded } from "../ground/parts/loading";
import { Money } from "../ground/parts/money";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { NearDocument } from "./api";

export default function Home() {
  const asked = useAsked(NearDocument, { search: {}, first: 20 });
  return (
    <Page title="Lumbung">
      <Loaded asked={asked}>
        {({ listings }) => (
          <Rows>
            {listings.nodes.map((listing) => (
              <li key={listing.id}>
                <Row end={<Money amount={listing.price.least} />} note={listing.seller.name} title={listing.title} />
              </li>
            ))}
          </Rows>
        )}
      </Loaded>
    </Page>
  );
}
