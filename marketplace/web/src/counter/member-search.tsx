import { UserPlus } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Loaded } from "../ground/parts/loading";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { useSettled } from "../ground/settled";
import { MembersDocument } from "./api";
import { say } from "./words";

export type Found = { id: string; name: string };
type MemberSearchProps = {
  slug: string;
  label: string;
  /** What is done with the member who was chosen. */
  onChoose: (member: Found) => Promise<void> | void;
};

/** A button that finds one of the members. */
export function MemberSearch({ slug, label, onChoose }: MemberSearchProps) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const asked = useAsked(MembersDocument, isOpen ? { slug, search } : null);
  const choosing = useDoing(async (member: Found) => {
    await onChoose(member);
    setOpen(false);
  });
  return (
    <>
      <Button icon={UserPlus} isWide look="quiet" onPress={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen && (
        <Sheet onClose={() => setOpen(false)} title={label}>
          <Field
            autocomplete="off"
            label={say.findMember}
            most={60}
            onChange={setTyped}
            type="search"
            value={typed}
          />
          <Trouble refused={choosing.refused} />
          <Loaded asked={asked}>
            {({ cooperative }) => (
              <Rows>
                {cooperative?.members.nodes.map(({ id, number, account }) => {
                  const name = account?.name || say.unnamed;
                  return (
                    <li key={id}>
                      <Row
                        note={say.memberNumber(String(number ?? "–"))}
                        onPress={() => void choosing.run({ id, name })}
                        title={name}
                      />
                    </li>
                  );
                })}
              </Rows>
            )}
          </Loaded>
        </Sheet>
      )}
    </>
  );
}
