import { SearchX } from "lucide";
import { useState } from "preact/hooks";
import type { Asked as AskedFor, Doing } from "../../ground/asking";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { useSettled } from "../../ground/settled";
import { DriversDocument, MembersDocument } from "../api";
import { CounterTabs } from "../counter-tabs";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { driverStates, say } from "./words";

/** Who stands at the counter: a member or a driver, found by name or number. */
export default function Desk() {
  const [isDrivers, setDrivers] = useState(false);
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  return (
    <Page isWide title={common.desk}>
      <WithCooperative>
        {(cooperative) => (
          <>
            <Chips name={common.desk}>
              <Chip isOn={!isDrivers} onPress={() => setDrivers(false)}>
                {say.members}
              </Chip>
              <Chip isOn={isDrivers} onPress={() => setDrivers(true)}>
                {say.drivers}
              </Chip>
            </Chips>
            <Field
              autocomplete="off"
              label={isDrivers ? say.findDriver : common.findMember}
              most={60}
              onChange={setTyped}
              type="search"
              value={typed}
            />
            {isDrivers ? (
              <Drivers cooperative={cooperative} search={search} />
            ) : (
              <Members cooperative={cooperative} search={search} />
            )}
          </>
        )}
      </WithCooperative>
      <CounterTabs />
    </Page>
  );
}

type Asked = { cooperative: Cooperative; search: string };
type Line = { id: string; href: string; title: string; note: string; badge?: string | undefined };

function Members({ cooperative: { slug }, search }: Asked) {
  const { nodes, ...list } = usePaged(MembersDocument, ({ cooperative }) => cooperative?.members, { slug, search });
  const lines = nodes.map(({ id, number, account }) => ({
    id,
    href: `/loket/anggota/${encodeURIComponent(id)}`,
    title: account?.name || common.unnamed,
    note: common.memberNumber(String(number ?? "–")),
  }));
  return <Found lines={lines} {...list} />;
}

function Drivers({ cooperative: { slug }, search }: Asked) {
  const { nodes, ...list } = usePaged(DriversDocument, ({ cooperative }) => cooperative?.drivers, { slug, search });
  const lines = nodes.map(({ id, name, plate, state, cashInHand }) => ({
    id,
    href: `/loket/pengemudi/${encodeURIComponent(id)}`,
    title: name,
    note: `${plate} · ${say.holds(rupiah(cashInHand ?? 0))}`,
    badge: state === "APPROVED" ? undefined : named(driverStates, state),
  }));
  return <Found lines={lines} {...list} />;
}

function Found({ lines, asked, more }: { lines: Line[]; asked: AskedFor<unknown>; more: Doing<[]> | null }) {
  return (
    <Loaded asked={asked}>
      {() =>
        lines.length ? (
          <>
            <Rows>
              {lines.map(({ id, badge, ...line }) => (
                <li key={id}>
                  <Row {...line} end={badge && <Badge tone="warn">{badge}</Badge>} />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </>
        ) : (
          <Empty icon={SearchX} title={say.nobody}>
            <p>{say.nobodyHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}
