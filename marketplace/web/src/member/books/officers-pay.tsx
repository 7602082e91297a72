import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { offices, say } from "./words";

type Pay = { role: string; name: string; monthly: number; yearly: number };

/** What each officer is paid, by name. */
export function OfficersPay({ pay }: { pay: readonly Pay[] }) {
  return (
    <Card>
      <h2>{say.pay}</h2>
      {pay.length === 0 && <p>{say.noPay}</p>}
      <ul class="stack">
        {pay.map(({ role, name, monthly, yearly }) => (
          <li class="apart" key={role + name}>
            <span>
              {name}
              <br />
              <small>{named(offices, role)}</small>
            </span>
            <span>
              {say.aMonth(rupiah(monthly))}
              <br />
              <small>{say.aYear(rupiah(yearly))}</small>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
