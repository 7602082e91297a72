import { monthName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { Row, Rows } from "../../ground/parts/row";
import type { Account } from "../passbook";
import { say } from "./words";

/** What savings earned, month by month, after tax. */
export function Interest({ account: { interest, rate } }: { account: Account }) {
  if (!interest.nodes.length && !rate) return null;
  return (
    <>
      <h2>{say.interest}</h2>
      {interest.nodes.length ? (
        <Rows>
          {interest.nodes.map(({ month, gross, tax, net }) => (
            <li key={month}>
              <Row end={rupiah(net)} note={say.ofIt(rupiah(gross), rupiah(tax))} title={monthName(month)} />
            </li>
          ))}
        </Rows>
      ) : (
        <p>{say.noInterest}</p>
      )}
    </>
  );
}
