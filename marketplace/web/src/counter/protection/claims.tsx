import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ClaimsDocument,
  type ClaimsQuery,
  RefuseClaimDocument,
  SettleClaimDocument,
  SubmitClaimDocument,
} from "../api";
import { Benefit, ReceiveBenefit } from "./benefit";
import { claimKinds, claimStates, say } from "./words";

type Claim = NonNullable<ClaimsQuery["cooperative"]>["claims"]["nodes"][number];
type OnChanged = { onChanged: () => Promise<void> };

/** What members claim of the providers, and what became of it. */
export function Claims({ slug }: { slug: string }) {
  const { asked, nodes, more } = usePaged(ClaimsDocument, ({ cooperative }) => cooperative?.claims, { slug });
  return (
    <>
      <h2>{say.claims}</h2>
      <Loaded asked={asked}>
        {() => (
          <>
            {nodes.length === 0 && <p>{say.noClaims}</p>}
            {nodes.map((claim) => (
              <ClaimCard claim={claim} key={claim.id} onChanged={asked.again} />
            ))}
            <More more={more} />
          </>
        )}
      </Loaded>
    </>
  );
}

function ClaimCard({ claim, onChanged }: OnChanged & { claim: Claim }) {
  return (
    <Card about={`${claim.member?.account?.name || say.unnamed}, ${dateName(claim.happenedOn)}`}>
      <div class="apart">
        <h3>{claim.member?.account?.name || say.unnamed}</h3>
        <span>
          <Badge>{named(claimStates, claim.state)}</Badge>
        </span>
      </div>
      <p>
        {named(claimKinds, claim.kind)} · {dateName(claim.happenedOn)} · {claim.programme?.name}
      </p>
      <p>{claim.story}</p>
      {!claim.wasCovered && <p>{say.uncovered}</p>}
      {claim.paid > 0 && !claim.benefit && <p>{rupiah(claim.paid)}</p>}
      {claim.reason && <p>{claim.reason}</p>}
      <Benefit claim={claim} onChanged={onChanged} />
      <Steps claim={claim} onChanged={onChanged} />
    </Card>
  );
}

function Steps({ claim, onChanged }: OnChanged & { claim: Claim }) {
  const claimId = claim.id;
  if (claim.state === "REPORTED") {
    return (
      <Act
        fields={[{ name: "providerNumber", label: say.providerNumber, most: 60, isOptional: true }]}
        isWide
        label={say.submit}
        onDo={async ({ providerNumber }, idempotencyKey) => {
          const input = { claimId, providerNumber, idempotencyKey };
          thing((await ask(SubmitClaimDocument, { input })).submitProtectionClaim);
        }}
        onDone={onChanged}
      />
    );
  }
  if (claim.state !== "SUBMITTED") return null;
  return (
    <>
      <div class="beside">
        <Act
          fields={[{ name: "paid", label: say.paid, type: "amount" }]}
          help={say.settleHelp}
          label={say.settle}
          onDo={async ({ paid }, idempotencyKey) => {
            const input = { claimId, paid: numberIn(paid) ?? 0, idempotencyKey };
            thing((await ask(SettleClaimDocument, { input })).settleProtectionClaim);
          }}
          onDone={onChanged}
        />
        <Act
          fields={[{ name: "reason", label: say.why, rows: 3, most: 300 }]}
          label={say.refuse}
          look="danger"
          onDo={async ({ reason }, idempotencyKey) => {
            const input = { claimId, reason, idempotencyKey };
            thing((await ask(RefuseClaimDocument, { input })).refuseProtectionClaim);
          }}
          onDone={onChanged}
        />
      </div>
      <ReceiveBenefit claimId={claimId} onChanged={onChanged} />
    </>
  );
}
