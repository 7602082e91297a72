import { Plus } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Asked, useAsked } from "../../ground/asking";
import { added, howMany } from "../../ground/ordering/option-words";
import { Button } from "../../ground/parts/button";
import { Loaded } from "../../ground/parts/loading";
import { Row, Rows } from "../../ground/parts/row";
import { GroupsDocument, type GroupsQuery } from "../api";
import { type Group, MOST_GROUPS } from "./draft";
import type { GroupSheetProps } from "./group-sheet";
import { say } from "./words";

type Groups = {
  asked: Asked<GroupsQuery>;
  /** What the sheet of the group that is being changed is given; undefined while none is. */
  open: GroupSheetProps | undefined;
  /** Opens the group at this place; past the last, a new one. */
  onOpen: (at: number) => void;
  /** Whether one was opened before: who comes back sees the part again, not the sheet's beginning. */
  wasOpen: boolean;
};

function groupsOf({ node }: GroupsQuery): readonly Group[] {
  return node?.__typename === "Listing" ? node.optionGroups : [];
}

/** A listing's groups of options, and which of them is being changed. */
export function useGroups(listingId: string): Groups {
  const asked = useAsked(GroupsDocument, { id: listingId });
  const [at, setAt] = useState<number>();
  const [wasOpen, setWasOpen] = useState(false);
  const onClose = () => setAt(undefined);
  const onOpen = (place: number) => {
    setWasOpen(true);
    setAt(place);
  };
  const onDone = async () => {
    await asked.again();
    onClose();
  };
  const groups = asked.answer && groupsOf(asked.answer);
  const open = groups && at !== undefined ? { listingId, groups, at, onClose, onDone } : undefined;
  return { asked, open, onOpen, wasOpen };
}

/** What buyers choose with a thing, on its sheet: each group opens its own. */
export function GroupsPart({ groups: { asked, onOpen, wasOpen } }: { groups: Groups }) {
  const part = useRef<HTMLElement>(null);
  useEffect(() => {
    if (wasOpen) part.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <section class="stack" ref={part}>
      <h3>{say.title}</h3>
      <Loaded asked={asked}>
        {(answer) => {
          const groups = groupsOf(answer);
          return (
            <>
              {groups.length === 0 && <small>{say.help}</small>}
              {groups.length > 0 && (
                <Rows>
                  {groups.map((group, at) => (
                    <li key={group.id}>
                      <Row note={told(group)} onPress={() => onOpen(at)} title={group.name} />
                    </li>
                  ))}
                </Rows>
              )}
              {groups.length < MOST_GROUPS && (
                <Button icon={Plus} isWide look="quiet" onPress={() => onOpen(groups.length)}>
                  {say.add}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

/** `Wajib · Pilih satu: Biasa, Setan +Rp2.000`. */
function told(group: Group): string {
  const options = group.options.map(({ name, priceDelta, isAvailable }) => {
    const called = priceDelta ? `${name} ${added(priceDelta)}` : name;
    return isAvailable ? called : say.goneNow(called);
  });
  const how = howMany(group);
  return `${group.least ? say.mustShort(how) : how}: ${options.join(", ")}`;
}
