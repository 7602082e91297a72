import { HandCoins } from "lucide";
import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah, time } from "../../ground/figures";
import { named } from "../../ground/language";
import { AmountSheet } from "../../ground/parts/amount-sheet";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Older } from "../../ground/parts/older";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { DriverDeskDocument, type DriverDeskQuery, HandInDocument, OlderHandInsDocument } from "../api";
import { clearings, say } from "./words";

type Driver = Extract<NonNullable<DriverDeskQuery["node"]>, { __typename: "Driver" }>;

/** A driver at the counter, who hands in the cash that he collected. */
export default function DriverDesk() {
  const { params } = useRoute();
  const asked = useAsked(DriverDeskDocument, { id: params.id ?? "" });
  const driver = asked.answer?.node?.__typename === "Driver" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket" title={driver?.name ?? say.drivers}>
      <SignedIn>
        <Loaded asked={asked}>{() => driver && <Cash driver={driver} onChanged={asked.again} />}</Loaded>
      </SignedIn>
    </Page>
  );
}

function Cash({ driver, onChanged }: { driver: Driver; onChanged: () => Promise<void> }) {
  const held = driver.cashInHand ?? 0;
  const take = async (amount: number, idempotencyKey: string) => {
    thing((await ask(HandInDocument, { input: { driverId: driver.id, amount, idempotencyKey } })).handInCash);
    toast(say.tookFrom(rupiah(amount), driver.name));
  };
  return (
    <>
      <Card>
        <p>{driver.plate}</p>
        <Facts
          facts={[
            { name: say.cashInHand, is: rupiah(held), isLarge: true },
            { name: say.cashLimit, is: rupiah(driver.cashLimit ?? 0) },
            { name: say.earningsDue, is: rupiah(driver.earningsDue ?? 0) },
          ]}
        />
        <Opener icon={HandCoins} isDisabled={held <= 0} isWide label={say.handIn} onDone={onChanged}>
          {(ending) => (
            <AmountSheet
              {...ending}
              hint={say.countHis}
              help={say.handInHelp}
              label={say.take}
              onDo={take}
              start={held}
              title={say.handIn}
            />
          )}
        </Opener>
      </Card>
      <h2>{say.handIns}</h2>
      {driver.cashReceipts?.nodes.length ? (
        <Older
          document={OlderHandInsDocument}
          first={driver.cashReceipts}
          of={({ node }) => (node?.__typename === "Driver" ? node.cashReceipts : undefined)}
          variables={{ id: driver.id }}
        >
          {(receipts) => (
            <Rows>
              {receipts.map(({ id, amount, at, clearing }) => (
                <li key={id}>
                  <Row end={rupiah(amount)} note={time(at)} title={named(clearings, clearing)} />
                </li>
              ))}
            </Rows>
          )}
        </Older>
      ) : (
        <p>{say.noHandIns}</p>
      )}
    </>
  );
}
