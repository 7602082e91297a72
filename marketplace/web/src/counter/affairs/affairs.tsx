import {
  CalendarClock,
  CircleCheck,
  Coins,
  FileSpreadsheet,
  Gavel,
  HandCoins,
  Handshake,
  Percent,
  PiggyBank,
  ShieldCheck,
  ShoppingBasket,
  Shuffle,
  Store,
  UserPlus,
} from "lucide";
import { useAsked } from "../../ground/asking";
import { dateName, dayOf } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { say as joint } from "../../ground/purchasing/words";
import { AwaitingDocument, type AwaitingQuery } from "../api";
import { CounterTabs } from "../counter-tabs";
import { say as dues } from "../dues/words";
import { say as purchasing } from "../purchasing/words";
import { say as savings } from "../savings-products/words";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { awaited, say } from "./words";

type Awaiting = NonNullable<AwaitingQuery["viewer"]>["awaitingApproval"][number];

/** What a co-op's officers see to beside the counter and the books: first what waits for this one's word. */
export default function Affairs() {
  return (
    <Page isWide title={common.affairs}>
      <WithCooperative>
        {(cooperative) => (
          <div class="columns">
            <div class="stack">
              <h2>{say.awaiting}</h2>
              <WaitsForYou cooperativeId={cooperative.id} />
            </div>
            <div class="stack">
              <h2>{say.cooperativeAffairs}</h2>
              <Places />
            </div>
          </div>
        )}
      </WithCooperative>
      <CounterTabs />
    </Page>
  );
}

/** Where each is answered; what has no page of its own here is shown without a way to it. */
function placeOf({ what, subjectId }: Awaiting): string | undefined {
  const id = encodeURIComponent(subjectId);
  if (what === "VOUCHER") return `/loket/bukti/${id}`;
  if (what === "SETTLEMENT_ACCOUNT") return "/loket/kliring";
  if (what === "SAVINGS_WITHDRAWAL") return "/loket/penarikan";
  if (what === "LOAN" || what === "LOAN_RESTRUCTURING") return `/loket/pinjaman/${id}`;
  if (what === "BORROWING") return "/loket/pinjaman-luar";
  if (what === "MOVING_SET") return "/loket/pindahan";
  if (what === "REMITTANCE" || what === "BENEFIT") return "/loket/perlindungan";
  return undefined;
}

function WaitsForYou({ cooperativeId }: { cooperativeId: string }) {
  const asked = useAsked(AwaitingDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) => {
        const waiting = (viewer?.awaitingApproval ?? []).filter((each) => each.cooperative?.id === cooperativeId);
        if (!waiting.length) {
          return (
            <Card>
              <Empty icon={CircleCheck} title={say.nothingAwaits}>
                <p>{say.nothingAwaitsHelp}</p>
              </Empty>
            </Card>
          );
        }
        return (
          <Rows>
            {waiting.map((each) => {
              const href = placeOf(each);
              return (
                <li key={`${each.what}${each.subjectId}`}>
                  <Row
                    {...(href && { href })}
                    end={each.amount != null && rupiah(each.amount)}
                    note={[each.about, say.since(dateName(dayOf(new Date(each.since))))].filter(Boolean).join(" · ")}
                    title={named(awaited, each.what)}
                  />
                </li>
              );
            })}
          </Rows>
        );
      }}
    </Loaded>
  );
}

function Places() {
  const places = [
    { href: "/loket/keanggotaan", icon: UserPlus, title: say.membership, note: say.membershipNote },
    { href: "/loket/toko", icon: ShoppingBasket, title: say.shops, note: say.shopsNote },
    { href: "/loket/iuran", icon: CalendarClock, title: dues.title, note: dues.note },
    { href: "/loket/penarikan", icon: PiggyBank, title: common.withdrawalList, note: say.withdrawalListNote },
    { href: "/loket/produk-simpanan", icon: Percent, title: savings.title, note: savings.note },
    { href: "/loket/pinjaman", icon: HandCoins, title: say.loans, note: say.loansNote },
    { href: "/loket/rapat", icon: Gavel, title: say.meetings, note: say.meetingsNote },
    { href: "/loket/shu", icon: Coins, title: say.surplusOfYear, note: say.surplusNote },
    { href: "/loket/perlindungan", icon: ShieldCheck, title: say.protection, note: say.protectionNote },
    { href: "/loket/unit", icon: Store, title: say.units, note: say.unitsNote },
    { href: "/loket/pembelian-bersama", icon: Handshake, title: joint.title, note: purchasing.note },
    { href: "/loket/kliring", icon: Shuffle, title: common.clearing, note: say.clearingNote },
    { href: "/loket/pindahan", icon: FileSpreadsheet, title: say.moving, note: say.movingNote },
  ];
  return (
    <Rows>
      {places.map(({ icon, ...place }) => (
        <li key={place.href}>
          <Row {...place} start={<Icon of={icon} />} />
        </li>
      ))}
    </Rows>
  );
}
