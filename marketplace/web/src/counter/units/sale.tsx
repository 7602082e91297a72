import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Sums } from "../../ground/parts/sums";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { SellAtUnitDocument, type StockedFragment } from "../api";
import { type Found, MemberSearch } from "../member-search";
import { Financed } from "./financed";
import { say } from "./words";

type SaleProps = {
  unitId: string;
  slug: string;
  creditLimit: number;
  items: readonly StockedFragment[];
  wanted: Record<string, number>;
  onDone: () => Promise<void>;
};

/** What is sold at the counter now: to anybody for cash, to a member also on credit, or by a loan that waits for it. */
export function Sale({ unitId, slug, creditLimit, items, wanted, onDone }: SaleProps) {
  const [member, setMember] = useState<Found>();
  const lines = items.flatMap((item) => {
    const quantity = wanted[item.id] ?? 0;
    return quantity > 0 ? [{ item, quantity }] : [];
  });
  const priceOf = ({ price, memberPrice }: StockedFragment) => (member ? (memberPrice ?? price) : price);
  const sell = (way: "CASH" | "CREDIT") => async (_: unknown, idempotencyKey: string) => {
    const input = {
      unitId,
      membershipId: member?.id ?? null,
      way,
      lines: lines.map(({ item, quantity }) => ({ itemId: item.id, quantity })),
      idempotencyKey,
    };
    thing((await ask(SellAtUnitDocument, { input })).sellAtUnit);
  };
  const done = async () => {
    setMember(undefined);
    await onDone();
  };
  const total = lines.reduce((all, { item, quantity }) => all + priceOf(item) * quantity, 0);
  return (
    <Card>
      <h2>{say.basket}</h2>
      {lines.length === 0 ? (
        <p>{say.touch}</p>
      ) : (
        <Sums
          sums={[
            ...lines.map(({ item, quantity }) => ({
              name: `${quantity} × ${item.name}`,
              amount: priceOf(item) * quantity,
            })),
            { name: say.total, amount: total, isTotal: true },
          ]}
        />
      )}
      <p>{member ? say.buyer(member.name) : say.stranger}</p>
      <MemberSearch label={member ? say.changeMember : say.chooseMember} onChoose={setMember} slug={slug} />
      {member && <Financed membershipId={member.id} onDone={done} unitId={unitId} />}
      {lines.length > 0 && (
        <>
          <Act help={say.sumHelp} isWide label={say.sellCash} onDo={sell("CASH")} onDone={done} said={say.isSold} />
          {member && (
            <Act
              help={`${say.creditHelp} ${say.onCreditUpTo(rupiah(creditLimit))}.`}
              isWide
              label={say.sellCredit}
              look="quiet"
              onDo={sell("CREDIT")}
              onDone={done}
              said={say.isSold}
            />
          )}
        </>
      )}
    </Card>
  );
}
