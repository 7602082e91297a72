import { signal } from "@preact/signals";
import { IdCard } from "lucide";
import type { ComponentChildren } from "preact";
import { useAsked } from "../ground/asking";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { OneOf } from "../ground/parts/one-of";
import { SignedIn } from "../ground/signed-in";
import { MembershipsDocument } from "./api";
import { say } from "./words";

export type Membership = {
  id: string;
  number: number | null;
  cooperative: { id: string; slug: string; name: string };
};

const chosen = signal<string | undefined>(undefined);

type WithMembershipProps = {
  /** In the place of why he is shown nothing, who belongs to no co-op. */
  none?: ComponentChildren;
  children: (membership: Membership) => ComponentChildren;
};

/** What is shown of one of the reader's memberships; who belongs to several co-ops chooses. */
export function WithMembership(props: WithMembershipProps) {
  return (
    <SignedIn>
      <Chosen {...props} />
    </SignedIn>
  );
}

function Chosen({ none, children }: WithMembershipProps) {
  const asked = useAsked(MembershipsDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) => {
        const all = viewer?.memberships ?? [];
        const own: Membership[] = all.flatMap(({ id, number, state, cooperative }) =>
          state === "ACTIVE" && cooperative ? [{ id, number: number ?? null, cooperative }] : [],
        );
        const isWaiting = all.some(({ state }) => state === "APPLIED");
        return (
          <OneOf
            about={say.cooperatives}
            chosen={chosen}
            nameOf={({ cooperative }) => cooperative.name}
            none={
              none !== undefined ? (
                none
              ) : (
                <Empty icon={IdCard} title={isWaiting ? say.waits : say.noMembership}>
                  {!isWaiting && <p>{say.noMembershipHelp}</p>}
                  <ButtonLink href="/">{say.toMarket}</ButtonLink>
                </Empty>
              )
            }
            things={own}
          >
            {children}
          </OneOf>
        );
      }}
    </Loaded>
  );
}
