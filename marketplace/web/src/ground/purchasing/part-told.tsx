import type { JointPartFragment } from "../api";
import { dateName } from "../days";
import { count, rupiah } from "../figures";
import { Sums } from "../parts/sums";
import { say } from "./words";

type PartToldProps = {
  part: JointPartFragment;
  measure: string;
  /** Of a unit of who runs it: it owes nobody, and is paid as it goes into stock. */
  isOwn?: boolean;
};

/** What one took of a joint purchase; once the goods are here, what came of it, what it costs and what is owed. */
export function PartTold({ part, measure, isOwn = false }: PartToldProps) {
  const { quantity, isRefused, received, goods, carriage, total, outstanding, dueOn } = part;
  if (isRefused) return <p>{say.isRefused}</p>;
  if (quantity === 0) return <p>{say.isOut}</p>;
  if (!dueOn) return <p>{say.mine(count(quantity), measure)}</p>;
  return (
    <>
      <p>{say.got(count(received), measure)}</p>
      <Sums
        sums={[
          { name: say.goods, amount: goods },
          ...(carriage ? [{ name: say.carriage, amount: carriage }] : []),
          { name: say.total, amount: total, isTotal: true },
        ]}
      />
      {outstanding === 0 && <p>{say.paid}</p>}
      {outstanding > 0 && <p>{isOwn ? say.paidByStock : say.owed(rupiah(outstanding), dateName(dueOn))}</p>}
    </>
  );
}
