import { signal } from "@preact/signals";
import { Landmark } from "lucide";
import type { ComponentChildren } from "preact";
import { useAsked } from "../ground/asking";
import { grouped } from "../ground/grouped";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { OneOf } from "../ground/parts/one-of";
import { SignedIn } from "../ground/signed-in";
import { OfficesDocument } from "./api";
import { say } from "./words";

/** One of the reader's co-ops, and what he is there. */
export type Cooperative = { id: string; slug: string; name: string; roles: readonly string[] };

/** Whom this area is for: those who keep the money, the register or the road. */
const OFFICES = new Set([
  "CHAIR",
  "SECRETARY",
  "TREASURER",
  "DISPATCHER",
  "UNIT_MANAGER",
  "LOAN_OFFICER",
  "SUPERVISOR",
]);

/** Who decides and signs for the co-op. */
export function isOfficer({ roles }: Cooperative): boolean {
  return roles.some((role) => role === "CHAIR" || role === "SECRETARY" || role === "TREASURER");
}

/** Who buys, sells and counts at its units. */
export function isKeeper(cooperative: Cooperative): boolean {
  return isOfficer(cooperative) || cooperative.roles.includes("UNIT_MANAGER");
}

const chosen = signal<string | undefined>(undefined);

/** What is shown of a co-op in which the reader holds an office; who serves several chooses. */
export function WithCooperative({ children }: { children: (cooperative: Cooperative) => ComponentChildren }) {
  return (
    <SignedIn>
      <Chosen>{children}</Chosen>
    </SignedIn>
  );
}

function Chosen({ children }: { children: (cooperative: Cooperative) => ComponentChildren }) {
  const asked = useAsked(OfficesDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) => {
        const held = (viewer?.offices ?? []).flatMap(({ role, cooperative }) =>
          cooperative && OFFICES.has(role) ? [{ role, cooperative }] : [],
        );
        const all: Cooperative[] = [...grouped(held, (each) => each.cooperative.id).values()].map((members) => ({
          ...members[0].cooperative,
          roles: members.map(({ role }) => role),
        }));
        return (
          <OneOf
            about={say.cooperatives}
            chosen={chosen}
            nameOf={({ name }) => name}
            none={
              <Empty icon={Landmark} title={say.noOffice}>
                <p>{say.noOfficeHelp}</p>
                <ButtonLink href="/">{say.toMarket}</ButtonLink>
              </Empty>
            }
            things={all}
          >
            {children}
          </OneOf>
        );
      }}
    </Loaded>
  );
}
