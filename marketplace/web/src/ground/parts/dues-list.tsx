import { dayWithin, rupiah } from "../figures";
import { named } from "../language";
import { dueKinds } from "../values";
import { say } from "../words";

type Due = { id: string; kind: string; outstanding: number; dueOn: string };

/** What a member owes his co-op, by when. */
export function DuesList({ dues }: { dues: readonly Due[] }) {
  if (!dues.length) return <p>{say.nothingOwed}</p>;
  return (
    <ul class="stack">
      {dues.map((due) => (
        <li class="apart" key={due.id}>
          <span>
            {named(dueKinds, due.kind)}
            <br />
            <small>{say.due(dayWithin(due.dueOn))}</small>
          </span>
          <span>{rupiah(due.outstanding)}</span>
        </li>
      ))}
    </ul>
  );
}
