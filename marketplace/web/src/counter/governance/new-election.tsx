import { Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button, IconButton } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Field } from "../../ground/parts/field";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Select } from "../../ground/parts/select";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { electedRoles } from "../../ground/values";
import { DraftMotionDocument } from "../api";
import { type Found, MemberSearch } from "../member-search";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say } from "./words";

const ROLES = ["CHAIR", "SECRETARY", "TREASURER", "SUPERVISOR", "MEMBER"] as const;
type Role = (typeof ROLES)[number];

/** An election: which office, and who stands. */
export default function NewElection() {
  return (
    <Page backTo="/loket/rapat" title={say.newElection}>
      <WithCooperative>{(cooperative) => <Drafting cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function Drafting({ cooperative }: { cooperative: Cooperative }) {
  const { route } = useLocation();
  const [role, setRole] = useState<Role>("SUPERVISOR");
  const [told, setTold] = useState({ title: "", text: "", seats: "1", termYears: "3" });
  const [candidates, setCandidates] = useState<Found[]>([]);
  const intent = useIntent();
  const drafting = useDoing(async () => {
    const election = {
      role,
      seats: Number(told.seats),
      termYears: Number(told.termYears),
      candidateIds: candidates.map(({ id }) => id),
    };
    const { title, text } = told;
    const wanted = { cooperativeId: cooperative.id, kind: "ELECTION" as const, title, text, election };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const { id } = thing((await ask(DraftMotionDocument, { input })).draftMotion);
    intent.settle();
    route(`/loket/usulan/${encodeURIComponent(id)}`);
  });
  const field = (name: keyof typeof told) => ({
    value: told[name],
    onChange: (value: string) => setTold((was) => ({ ...was, [name]: value })),
    wrong: drafting.refused?.field(name) ?? drafting.refused?.field(`election.${name}`),
  });
  const add = (found: Found) =>
    setCandidates((was) => (was.some(({ id }) => id === found.id) ? was : [...was, found]));
  return (
    <>
      <Card>
        <Select label={say.office} onChange={(value) => setRole(value as Role)} value={role}>
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {electedRoles[each]}
            </option>
          ))}
        </Select>
        <Field label={say.motionTitle} most={160} {...field("title")} />
        <Field label={say.electionText} most={4000} rows={4} {...field("text")} />
        <Field inputMode="numeric" label={say.seats} most={2} {...field("seats")} />
        <Field inputMode="numeric" label={say.termYears} most={2} {...field("termYears")} />
      </Card>
      <Card>
        <h2>{say.candidates}</h2>
        {candidates.length === 0 && <p>{say.noCandidates}</p>}
        {candidates.length > 0 && (
          <Rows>
            {candidates.map(({ id, name }) => (
              <li key={id}>
                <Row
                  end={
                    <IconButton
                      icon={Trash2}
                      name={say.remove(name)}
                      onPress={() => setCandidates((was) => was.filter((each) => each.id !== id))}
                    />
                  }
                  title={name}
                />
              </li>
            ))}
          </Rows>
        )}
        <MemberSearch label={say.addCandidate} onChoose={add} slug={cooperative.slug} />
      </Card>
      <Trouble refused={drafting.refused} />
      <Button
        isBusy={drafting.isRunning}
        isDisabled={!(candidates.length && told.title.trim() && told.text.trim())}
        isWide
        onPress={() => void drafting.run()}
      >
        {say.makeElection}
      </Button>
    </>
  );
}
