import { ShieldX } from "lucide";
import type { ComponentChildren } from "preact";
import { useAsked } from "../ground/asking";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { SignedIn } from "../ground/signed-in";
import { OperatorOfficesDocument } from "./api";
import { say } from "./words";

/** What only who runs the node sees. */
export function ForOperator({ children }: { children: ComponentChildren }) {
  return (
    <SignedIn>
      <Checked>{children}</Checked>
    </SignedIn>
  );
}

function Checked({ children }: { children: ComponentChildren }) {
  const asked = useAsked(OperatorOfficesDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) =>
        viewer?.offices.some(({ role }) => role === "NODE_OPERATOR") ? (
          children
        ) : (
          <Empty icon={ShieldX} title={say.notOperator}>
            <p>{say.notOperatorHelp}</p>
            <ButtonLink href="/">{say.toMarket}</ButtonLink>
          </Empty>
        )
      }
    </Loaded>
  );
}
