import { CalendarPlus, CalendarX, Trash2 } from "lucide";
import { useRoute } from "preact-iso";
import { useAsked, useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { atDay, clock, count, weekday } from "../../ground/figures";
import { byDay } from "../../ground/ordering/slots";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink, IconButton } from "../../ground/parts/button";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Trouble } from "../../ground/parts/trouble";
import { account, ask } from "../../ground/session";
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
  const asked = useAsked(ScheduleDocument, account.value ? { id: params.id ?? "" } : null);
  return (
    <Page backTo="/jual/menu" title={say.title}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ node }) =>
            node?.__typename === "Listing" && node.kind === "SERVICE" ? (
              <Times again={asked.again} service={node} />
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

function Times({ service, again }: { service: Service; again: () => Promise<void> }) {
  const slots = timesOf(service);
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

/** The coming times, soonest first: those that are free, those that are booked, those that are partly both. */
function timesOf({ freeSlots, bookedSlots }: Service): Time[] {
  const times = new Map<string, Time>(freeSlots.map((slot) => [slot.id, { ...slot, bookings: [] }]));
  for (const slot of bookedSlots) times.set(slot.id, slot);
  return [...times.values()].sort((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
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
