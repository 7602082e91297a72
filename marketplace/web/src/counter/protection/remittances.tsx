import { thing } from "../../ground/client";
import { monthFrom, monthName, today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Older } from "../../ground/parts/older";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ApproveRemittanceDocument,
  ConfirmRemittanceDocument,
  OlderRemittancesDocument,
  PrepareRemittanceDocument,
  type ProgrammesQuery,
  ReceiveBackDocument,
  type RemittanceFragment,
  SendRemittanceDocument,
} from "../api";
import { months } from "../months";
import { moneyWay, wayIn } from "./money-way";
import { remittanceStates, say } from "./words";

type Cooperative = NonNullable<ProgrammesQuery["cooperative"]>;
type RemittancesProps = { cooperative: Cooperative; slug: string; onChanged: () => Promise<void> };

/** What is remitted to the providers: prepared, approved, sent, confirmed. */
export function Remittances({ cooperative, slug, onChanged }: RemittancesProps) {
  const { protectionProgrammes, remittances } = cooperative;
  return (
    <>
      <h2>{say.remittances}</h2>
      {protectionProgrammes.length === 0 ? (
        <p>{say.noProgrammes}</p>
      ) : (
        <Act
          fields={[
            {
              name: "programmeId",
              label: say.programme,
              options: protectionProgrammes.map(({ id, name }) => ({ value: id, name })),
            },
            { name: "month", label: say.month, options: months(), start: monthFrom(today(), 0) },
          ]}
          isWide
          label={say.prepare}
          onDo={async ({ programmeId, month }, idempotencyKey) => {
            const input = { programmeId, month, idempotencyKey };
            thing((await ask(PrepareRemittanceDocument, { input })).prepareRemittance);
          }}
          onDone={onChanged}
        />
      )}
      {remittances.nodes.length === 0 && <p>{say.noRemittances}</p>}
      <Older
        document={OlderRemittancesDocument}
        first={remittances}
        of={(answer) => answer.cooperative?.remittances}
        variables={{ slug }}
      >
        {(batches) => batches.map((batch) => <BatchCard batch={batch} key={batch.id} onChanged={onChanged} />)}
      </Older>
    </>
  );
}

function BatchCard({ batch, onChanged }: { batch: RemittanceFragment; onChanged: () => Promise<void> }) {
  return (
    <Card about={batch.number}>
      <div class="apart">
        <h3>{batch.programme?.name ?? batch.number}</h3>
        <span>
          <Badge tone={batch.state === "CONFIRMED" ? "good" : "warn"}>{named(remittanceStates, batch.state)}</Badge>
        </span>
      </div>
      <p class="apart">
        <span>
          {batch.number} · {say.billsOf(batch.billCount, monthName(batch.month))}
        </span>
        <strong>{rupiah(batch.amount)}</strong>
      </p>
      {batch.state === "DRAFT" && batch.needsTwo && !batch.isApproved && <p>{say.needsTwo}</p>}
      <Steps batch={batch} onChanged={onChanged} />
      <FileButton look="plain" path={batch.filePath}>
        {say.file}
      </FileButton>
    </Card>
  );
}

function Steps({ batch, onChanged }: { batch: RemittanceFragment; onChanged: () => Promise<void> }) {
  const remittanceId = batch.id;
  if (batch.state === "DRAFT" && batch.needsTwo && !batch.isApproved) {
    return (
      <Act
        isWide
        label={say.approve}
        onDo={async (_, idempotencyKey) =>
          thing((await ask(ApproveRemittanceDocument, { input: { remittanceId, idempotencyKey } })).approveRemittance)
        }
        onDone={onChanged}
      />
    );
  }
  if (batch.state === "DRAFT") {
    return (
      <Act
        fields={[moneyWay(), { name: "reference", label: say.reference, most: 80 }]}
        isWide
        label={say.send}
        onDo={async ({ way, reference }, idempotencyKey) => {
          const input = { remittanceId, way: wayIn(way), reference, idempotencyKey };
          thing((await ask(SendRemittanceDocument, { input })).sendRemittance);
        }}
        onDone={onChanged}
      />
    );
  }
  if (batch.state === "CONFIRMED" && batch.difference > 0) return <ComingBack batch={batch} onChanged={onChanged} />;
  if (batch.state !== "SENT") return null;
  return (
    <Act
      fields={[
        { name: "receiptNumber", label: say.receiptNumber, most: 80 },
        { name: "amount", label: say.amount, type: "amount", start: String(batch.amount) },
      ]}
      isWide
      label={say.confirm}
      onDo={async ({ receiptNumber, amount }, idempotencyKey) => {
        const input = { remittanceId, receiptNumber, amount: numberIn(amount) ?? 0, idempotencyKey };
        thing((await ask(ConfirmRemittanceDocument, { input })).confirmRemittance);
      }}
      onDone={onChanged}
    />
  );
}

/** What the provider did not take comes back, all at once or in parts. */
function ComingBack({ batch, onChanged }: { batch: RemittanceFragment; onChanged: () => Promise<void> }) {
  return (
    <>
      <p>{say.missing(rupiah(batch.difference))}</p>
      <Act
        fields={[
          { name: "amount", label: say.backAmount, type: "amount", start: String(batch.difference) },
          moneyWay(),
          { name: "reference", label: say.reference, most: 80 },
        ]}
        isWide
        label={say.receiveBack}
        onDo={async ({ amount, way, reference }, idempotencyKey) => {
          const told = { amount: numberIn(amount) ?? 0, way: wayIn(way), reference };
          const input = { remittanceId: batch.id, ...told, idempotencyKey };
          thing((await ask(ReceiveBackDocument, { input })).receiveRemittanceBack);
        }}
        onDone={onChanged}
      />
    </>
  );
}
