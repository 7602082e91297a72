import { dateName } from "../../ground/days";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { electedRoles } from "../../ground/values";
import type { GovernanceQuery } from "../api";
import { sourceOf } from "./source";
import { duties as kinds, say } from "./words";

type Duty = NonNullable<GovernanceQuery["cooperative"]>["duties"][number];

/** What the law and the by-laws ask next, and by when; officers are reminded of it too. */
export function Duties({ duties }: { duties: readonly Duty[] }) {
  return (
    <Card>
      <h2>{say.calendar}</h2>
      {duties.length === 0 && <p>{say.nothingDue}</p>}
      <ul class="stack">
        {duties.map(({ kind, subject, dueOn, rules }) => {
          const [rule] = rules;
          return (
            <li key={kind + subject}>
              {named(kinds, kind)} ({named(electedRoles, subject)})
              <br />
              <small>{say.dueOn(dateName(dueOn), rule ? sourceOf(rule) : "")}</small>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
