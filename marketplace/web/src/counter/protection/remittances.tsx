import { thing } from "../../ground/client";
import { monthFrom, monthName, today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ApproveRemittanceDocument,
  ConfirmRemittanceDocument,
  PrepareRemittanceDocument,
  type ProgrammesQuery,
  SendRemittanceDocument,
} from "../api";
import { remittanceStates, say } from "./words";

type Cooperative = NonNullable<ProgrammesQuery["cooperative"]>;
type Batch = Cooperative["remittances"]["nodes"][number];
type RemittancesProps = { cooperative: Cooperative; onChanged: () => Promise<void> };

/** What is remitted to the providers: prepared, approved, sent, confirmed. */
export function Remittances({ cooperative, onChanged }: RemittancesProps) {
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
            { name: "month", label: say.month, type: "date", start: today() },
          ]}
          isWide
          label={say.prepare}
          onDo={async ({ programmeId, month }, idempotencyKey) => {
            const input = { programmeId, month: monthFrom(month, 0), idempotencyKey };
            thing((await ask(PrepareRemittanceDocument, { input })).prepareRemittance);
          }}
          onDone={onChanged}
        />
      )}
      {remittances.nodes.length === 0 && <p>{say.noRemittances}</p>}
      {remittances.nodes.map((batch) => (
        <BatchCard batch={batch} key={batch.id} onChanged={onChanged} />
      ))}
    </>
  );
}

function BatchCard({ batch, onChanged }: { batch: Batch; onChanged: () => Promise<void> }) {
  return (
    <Card>
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

function Steps({ batch, onChanged }: { batch: Batch; onChanged: () => Promise<void> }) {
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
        fields={[
          {
            name: "way",
            label: say.way,
            start: "TRANSFER",
            options: [
              { value: "TRANSFER", name: say.transfer },
              { value: "CASH", name: say.cash },
            ],
          },
          { name: "reference", label: say.reference, most: 80 },
        ]}
        isWide
        label={say.send}
        onDo={async ({ way, reference }, idempotencyKey) => {
          const input = { remittanceId, way: way as "CASH", reference, idempotencyKey };
          thing((await ask(SendRemittanceDocument, { input })).sendRemittance);
        }}
        onDone={onChanged}
      />
    );
  }
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
