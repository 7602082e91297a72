import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { type ProgrammesQuery, RefuseClaimDocument, SettleClaimDocument, SubmitClaimDocument } from "../api";
import { claimKinds, claimStates, say } from "./words";

type Claim = NonNullable<ProgrammesQuery["cooperative"]>["claims"]["nodes"][number];
type OnChanged = { onChanged: () => Promise<void> };

/** What members claim of the providers, and what became of it. */
export function Claims({ claims, onChanged }: OnChanged & { claims: readonly Claim[] }) {
  return (
    <>
      <h2>{say.claims}</h2>
      {claims.length === 0 && <p>{say.noClaims}</p>}
      {claims.map((claim) => (
        <Card key={claim.id}>
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
          {claim.paid > 0 && <p>{rupiah(claim.paid)}</p>}
          {claim.reason && <p>{claim.reason}</p>}
          <Steps claim={claim} onChanged={onChanged} />
        </Card>
      ))}
    </>
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
    <div class="beside">
      <Act
        fields={[{ name: "paid", label: say.paid, type: "amount" }]}
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
  );
}
