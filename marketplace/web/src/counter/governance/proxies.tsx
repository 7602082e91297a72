import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { More } from "../../ground/parts/more";
import { MeetingProxiesDocument } from "../api";
import { say } from "./words";

/** Who lets whom vote for him: what the roll is held against. Nothing where nobody does. */
export function Proxies({ meetingId }: { meetingId: string }) {
  const { nodes, more } = usePaged(
    MeetingProxiesDocument,
    ({ node }) => (node?.__typename === "Meeting" ? node.proxies : undefined),
    { id: meetingId },
  );
  if (!nodes.length) return null;
  return (
    <Card>
      <h2>{say.proxies}</h2>
      <ul class="stack">
        {nodes.map(({ giver, holder }, n) => (
          <li key={giver?.id ?? n}>
            {say.votesFor(holder?.account?.name || say.unnamed, giver?.account?.name || say.unnamed)}
          </li>
        ))}
      </ul>
      <More more={more} />
    </Card>
  );
}
