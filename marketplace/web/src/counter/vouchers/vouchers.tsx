import { BookOpen, Landmark, LockKeyhole, Plus, ReceiptText } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, firstOfYear } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { OpenBooksDocument, VouchersDocument, type VouchersQuery } from "../api";
import { CounterTabs } from "../counter-tabs";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { VoucherBadge } from "./voucher-badge";
import { say, voucherKinds, voucherStates } from "./words";

type Accounting = NonNullable<NonNullable<NonNullable<VouchersQuery["cooperative"]>["book"]>["accounting"]>;
type State = Accounting["vouchers"]["nodes"][number]["state"];
const STATES = ["PROPOSED", "POSTED", "REFUSED"] as const;

/** What was booked beside the market, and the way to more and to the month's lock. */
export default function Vouchers() {
  return (
    <Page isWide title={common.vouchers}>
      <WithCooperative>{(cooperative) => <List cooperative={cooperative} />}</WithCooperative>
      <CounterTabs />
    </Page>
  );
}

function List({ cooperative }: { cooperative: Cooperative }) {
  const [state, setState] = useState<State | null>(null);
  const accountingOf = (answer: VouchersQuery) => answer.cooperative?.book?.accounting;
  const { asked, nodes, more } = usePaged(VouchersDocument, (answer) => accountingOf(answer)?.vouchers, {
    slug: cooperative.slug,
    state,
  });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const accounting = accountingOf(answer);
        if (!accounting) return <NoBooks cooperative={cooperative} onOpened={asked.again} />;
        return (
          <>
            <ButtonLink href="/loket/bukti/baru" icon={Plus} isWide>
              {say.newVoucher}
            </ButtonLink>
            <Rows>
              <li>
                <Row
                  href="/loket/bulan"
                  note={
                    accounting.lockedThrough ? say.lockedThrough(dateName(accounting.lockedThrough)) : say.neverLocked
                  }
                  start={<Icon of={LockKeyhole} />}
                  title={say.month}
                />
              </li>
              <li>
                <Row href="/loket/bank" note={say.bankNote} start={<Icon of={Landmark} />} title={say.bank} />
              </li>
            </Rows>
            <Chips name={common.vouchers}>
              <Chip isOn={state === null} onPress={() => setState(null)}>
                {say.all}
              </Chip>
              {STATES.map((each) => (
                <Chip isOn={state === each} key={each} onPress={() => setState(each)}>
                  {voucherStates[each]}
                </Chip>
              ))}
            </Chips>
            {nodes.length ? (
              <Rows>
                {nodes.map((voucher) => (
                  <li key={voucher.id}>
                    <Row
                      end={
                        <>
                          {rupiah(voucher.total)}
                          <br />
                          <VoucherBadge voucher={voucher} />
                        </>
                      }
                      href={`/loket/bukti/${encodeURIComponent(voucher.id)}`}
                      note={`${named(voucherKinds, voucher.kind)} · ${dateName(voucher.bookedOn)}`}
                      title={voucher.description}
                    />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={ReceiptText} title={say.noVouchers}>
                <p>{say.noVouchersHelp}</p>
              </Empty>
            )}
            <More more={more} />
          </>
        );
      }}
    </Loaded>
  );
}

function NoBooks({ cooperative, onOpened }: { cooperative: Cooperative; onOpened: () => Promise<void> }) {
  const [openedOn, setOpenedOn] = useState(firstOfYear());
  const intent = useIntent();
  const opening = useDoing(async () => {
    const input = { cooperativeId: cooperative.id, openedOn };
    thing((await ask(OpenBooksDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).openBooks);
    intent.settle();
    await onOpened();
  });
  return (
    <Card>
      <Empty icon={BookOpen} title={common.noBooks}>
        <p>{say.noBooksHelp}</p>
      </Empty>
      <Field
        label={say.openedOn}
        onChange={setOpenedOn}
        type="date"
        value={openedOn}
        wrong={opening.refused?.field("openedOn")}
      />
      <Trouble refused={opening.refused} />
      <Button isBusy={opening.isRunning} isWide onPress={() => void opening.run()}>
        {say.openBooks}
      </Button>
    </Card>
  );
}
