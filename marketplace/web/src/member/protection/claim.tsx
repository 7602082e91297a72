import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { send } from "../../ground/files";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { FilePicker } from "../../ground/parts/file-picker";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Select } from "../../ground/parts/select";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { shrunk } from "../../ground/photo";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { OneClaimDocument, type OneClaimQuery, WithdrawClaimDocument } from "../api";
import { CLAIM_TONES, claimKinds, claimStates, papers, say } from "./words";

/** The longest side of a photographed paper: what it says stays readable. */
const LONGEST_PIXELS = 2000;
const QUALITY = 0.85;

type Claim = Extract<NonNullable<OneClaimQuery["node"]>, { __typename: "ProtectionClaim" }>;
type Shown = { claim: Claim; onChanged: () => Promise<void> };

/** What a member claimed: where it stands, and its papers. */
export default function ClaimPage() {
  const { params } = useRoute();
  const asked = useAsked(OneClaimDocument, { id: params.id ?? "" });
  const found = asked.answer?.node;
  const claim = found?.__typename === "ProtectionClaim" ? found : undefined;
  return (
    <Page backTo="/anggota/perlindungan" title={say.claim}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            claim && (
              <>
                <Told claim={claim} />
                <Papers claim={claim} onChanged={asked.again} />
                {claim.state === "REPORTED" && <TakeBack claim={claim} onChanged={asked.again} />}
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Told({ claim }: { claim: Claim }) {
  return (
    <Card>
      <div class="apart">
        <h2>{named(claimKinds, claim.kind)}</h2>
        <span>
          <Badge tone={CLAIM_TONES[claim.state]}>{named(claimStates, claim.state)}</Badge>
        </span>
      </div>
      <p>{claim.programme?.name}</p>
      <p>{claim.story}</p>
      {claim.reason && <p>{claim.reason}</p>}
      <Facts
        facts={[
          { name: say.happened, is: dateName(claim.happenedOn) },
          { name: say.who, is: claim.isForDependant ? say.relative : say.myself },
          ...(claim.providerNumber ? [{ name: say.providerNumber, is: claim.providerNumber }] : []),
          ...(claim.submittedOn ? [{ name: say.submitted, is: dateName(claim.submittedOn) }] : []),
          ...(claim.paid > 0 ? [{ name: say.paidOut, is: rupiah(claim.paid), isLarge: true }] : []),
        ]}
      />
      <p>
        <Badge tone={claim.wasCovered ? "good" : "warn"}>{claim.wasCovered ? say.wasCovered : say.notCovered}</Badge>
      </p>
    </Card>
  );
}

function Papers({ claim, onChanged }: Shown) {
  const [chosen, setChosen] = useState<string>();
  const [first] = claim.missingDocuments;
  const kind = chosen ?? first ?? "OTHER";
  const sending = useDoing(async (file: File) => {
    const body = file.type === "application/pdf" ? file : await shrunk(file, LONGEST_PIXELS, QUALITY);
    const wishes = new URLSearchParams({ claim: claim.id, kind, name: file.name });
    await send(`/protection/documents?${wishes}`, body);
    setChosen(undefined);
    await onChanged();
  });
  const takesMore = claim.state === "REPORTED" || claim.state === "SUBMITTED";
  return (
    <Card>
      <h2>{say.papers}</h2>
      {takesMore && (
        <p>
          {claim.missingDocuments.length
            ? `${say.missing}: ${claim.missingDocuments.map((each) => named(papers, each)).join(", ")}`
            : say.complete}
        </p>
      )}
      {claim.documents.map((file) => (
        <FileButton key={file.url} look="plain" path={file.url}>
          {`${named(papers, file.kind)}: ${file.name}`}
        </FileButton>
      ))}
      {takesMore && (
        <>
          <Select label={say.paperKind} onChange={setChosen} value={kind}>
            {Object.getOwnPropertyNames(papers).map((each) => (
              <option key={each} value={each}>
                {named(papers, each)}
              </option>
            ))}
          </Select>
          <Trouble refused={sending.refused} />
          <FilePicker
            accept="image/jpeg,image/png,image/webp,application/pdf"
            isBusy={sending.isRunning}
            label={say.addPaper}
            onPick={(file) => void sending.run(file)}
          />
        </>
      )}
    </Card>
  );
}

function TakeBack({ claim, onChanged }: Shown) {
  const intent = useIntent();
  const withdrawing = useDoing(async () => {
    const idempotencyKey = intent.key({ claimId: claim.id });
    thing(
      (await ask(WithdrawClaimDocument, { input: { claimId: claim.id, idempotencyKey } })).withdrawProtectionClaim,
    );
    intent.settle();
    toast(say.withdrawn);
    await onChanged();
  });
  return (
    <>
      <Trouble refused={withdrawing.refused} />
      <Button isBusy={withdrawing.isRunning} isWide look="danger" onPress={() => void withdrawing.run()}>
        {say.withdraw}
      </Button>
    </>
  );
}
