import { SearchX } from "lucide";
import { ButtonLink } from "./parts/button";
import { Empty } from "./parts/empty";
import { Page } from "./parts/page";
import { say } from "./words";

/** No page has this address. */
export function Missing() {
  return (
    <Page backTo="/" title={say.notFound}>
      <Empty icon={SearchX} title={say.notFound}>
        <p>{say.notFoundHelp}</p>
        <ButtonLink href="/">{say.home}</ButtonLink>
      </Empty>
    </Page>
  );
}
