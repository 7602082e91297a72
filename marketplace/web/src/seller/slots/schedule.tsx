import { CalendarPlus, CalendarX, Trash2 } from "lucide";
import { useRoute } from "preact-iso";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { atDay, clock, count, weekday } from "../../ground/figures";
import { byDay } from "../../ground/ordering/slots";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink, IconButton } from "../../ground/parts/button";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { RemoveSlotDocument, ScheduleDocument, type ScheduleQuery } from "../api";
import { AddSheet } from "./add-sheet";
import { say } from "./words";

export type Service = Extract<NonNullable<ScheduleQuery["node"]>, { __typename: "Listing" }>;
type Bookings = Service["bookedSlots"][number]["bookings"];
type Time = Service["freeSlots"][number] & { bookings: Bookings };

/** When a service can be had: its free times, and who booked the others. */
export default function Schedule() {
  const { params } = useRoute();
  const { asked, nodes, more } = usePaged(ScheduleDocument, ({ node }) => timesOf(node), { id: params.id ?? "" });
  return (
    <Page backTo="/jual/menu" title={say.title}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ node }) =>
            node?.__typename === "Listing" && node.kind === "SERVICE" ? (
              <>
                <Times again={asked.again} service={node} slots={nodes} />
                <More more={more} />
              </>
            ) : (
              <Empty icon={CalendarX} title={say.noService}>
                <ButtonLink href="/jual/menu">{say.toMenu}</ButtonLink>
              </Empty>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

type TimesProps = { service: Service; slots: readonly Time[]; again: () => Promise<void> };

function Times({ service, slots, again }: TimesProps) {
  const removing = useDoing(async (id: string) => {
    thing((await ask(RemoveSlotDocument, { id })).removeSlot);
    await again();
  });
  return (
    <>
      <h2 class="two-lines">{service.title}</h2>
      <Opener icon={CalendarPlus} isWide label={say.add} onDone={again}>
        {(ending) => <AddSheet {...ending} service={service} />}
      </Opener>
      <Trouble refused={removing.refused} />
      {slots.length === 0 && (
        <Empty icon={CalendarX} title={say.none}>
          <p>{say.noneHelp}</p>
        </Empty>
      )}
      {[...byDay(slots)].map(([day, inDay]) => (
        <section class="stack" key={day}>
          <h3>{weekday(inDay[0].startsAt)}</h3>
          <Rows>
            {inDay.map((slot) => (
              <li key={slot.id}>
                <Row
                  end={
                    slot.freePlaces > 0 ? (
                      <IconButton
                        icon={Trash2}
                        name={(slot.bookings.length ? say.removeRest : say.remove)(atDay(slot.startsAt))}
                        onPress={() => void removing.run(slot.id)}
                      />
                    ) : (
                      <Badge tone="good">{say.booked}</Badge>
                    )
                  }
                  note={<Places slot={slot} />}
                  title={`${clock(slot.startsAt)}–${clock(slot.endsAt)}`}
                />
              </li>
            ))}
          </Rows>
        </section>
      ))}
    </>
  );
}

/** So many free times, and as many booked ones, come at once. */
const AT_ONCE = 100;

/** The coming times, soonest first: those that are free, those that are booked, those that are partly both; of both as
 * far as the shorter of two full lists tells. */
function timesOf(node: ScheduleQuery["node"]) {
  if (node?.__typename !== "Listing") return null;
  const { freeSlots, bookedSlots } = node;
  const times = new Map<string, Time>(freeSlots.map((slot) => [slot.id, { ...slot, bookings: [] }]));
  for (const slot of bookedSlots) times.set(slot.id, slot);
  const last = [freeSlots, bookedSlots].flatMap((list) => list[AT_ONCE - 1]?.startsAt ?? []).map(Date.parse);
  const end = last.length ? Math.min(...last) : null;
  const nodes = [...times.values()]
    .filter(({ startsAt }) => end === null || Date.parse(startsAt) <= end)
    .sort((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
  const endCursor = end === null ? null : new Date(end + 1).toISOString();
  return { nodes, pageInfo: { hasNextPage: end !== null, endCursor } };
}

/** Who has a time, and what of it is free. */
function Places({ slot: { capacity, freePlaces, bookings } }: { slot: Time }) {
  return (
    <>
      {bookings.map(({ id, number, buyer }) => (
        <span key={id}>
          {say.bookedBy(buyer?.name || say.someone, number)}
          <br />
        </span>
      ))}
      {freePlaces > 0 && <span>{capacity > 1 ? say.freeOf(count(freePlaces), count(capacity)) : say.free}</span>}
    </>
  );
}
