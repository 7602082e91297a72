import { Siren, TriangleAlert } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import type { HeldJobFragment } from "../api";
import { IncidentsDocument } from "../api";
import { HelpSheet } from "./help-sheet";
import { IncidentSheet } from "./incident-sheet";
import { incidents, remedies, say } from "./words";

/** What goes wrong on a job: told to the dispatcher, with what he may do about it; and a call for help. */
export function TroubleCard({ job }: { job: HeldJobFragment }) {
  const [open, setOpen] = useState<"incident" | "help">();
  const asked = useAsked(IncidentsDocument, { id: job.id });
  const told = asked.answer?.node?.__typename === "DeliveryJob" ? asked.answer.node.incidents : [];
  const close = () => {
    setOpen(undefined);
    void asked.again();
  };
  return (
    <Card>
      {told.map((incident) => (
        <div class="stack" key={incident.id}>
          <p>
            <strong>{named(incidents, incident.kind)}</strong>
          </p>
          <p>{incident.remedy ? named(remedies, incident.remedy) : say.waits}</p>
          {incident.reason && <p class="three-lines">“{incident.reason}”</p>}
          {incident.remedies.length > 0 && (
            <p>{say.may(incident.remedies.map((remedy) => named(remedies, remedy)).join(", "))}</p>
          )}
        </div>
      ))}
      <Button icon={TriangleAlert} isWide look="quiet" onPress={() => setOpen("incident")}>
        {say.incident}
      </Button>
      <Button icon={Siren} isWide look="danger" onPress={() => setOpen("help")}>
        {say.help}
      </Button>
      {open === "incident" && <IncidentSheet job={job} onClose={close} />}
      {open === "help" && <HelpSheet jobId={job.id} onClose={close} />}
    </Card>
  );
}
