import { signal } from "@preact/signals";
import { asRefused, Refused } from "../../ground/refused";
import type { Answer, Book, Conflict, Event, Happening, Photo } from "./book";

export type Receipt = { awaited: number; waiting: number; hasMore: boolean; answers: Answer[] };
/** The node, as the queue speaks with it. Both throw `Refused`. */
export type Node = {
  send: (deviceId: string, events: Event[]) => Promise<Receipt>;
  sendPhoto: (photo: Photo) => Promise<void>;
};

/** As many as one call takes. */
const MOST_SENT = 100;
/** Calls of one draining; what is left goes with the next. */
const MOST_CALLS = 20;
/** The sender's lock: one tab at a time. */
const LOCK = "lumbung.courier";

/**
 * What a driver did goes into the book first, and from there to the node: in numbers' order, again and again until it
 * is answered for. The node carries out each number once, so what was sent twice is not done twice.
 */
export class Queue {
  /** Not yet answered for. */
  readonly unsent = signal<Event[]>([]);
  readonly conflicts = signal<Conflict[]>([]);
  readonly photos = signal<Photo[]>([]);
  /** Why the last draining stopped, or what of it the node won't have. */
  readonly stopped = signal<Refused | null>(null);
  private draining: Promise<void> | undefined;

  constructor(
    readonly book: Book,
    private readonly node: Node,
  ) {}

  /** Write it down, then try to send all. Resolves when it was tried: look at `unsent` and `conflicts`. */
  async tell(happening: Happening): Promise<void> {
    await this.book.add(happening);
    await this.look();
    await this.drain();
  }

  async tellPhoto(photo: Photo): Promise<void> {
    await this.book.keepPhoto(photo);
    await this.look();
    await this.drain();
  }

  async seen(conflict: Conflict): Promise<void> {
    await this.book.forgetConflict(conflict.sequence);
    await this.look();
  }

  /** Send what there is until nothing is left or the network is gone. Never throws: `stopped` says why. */
  async drain(): Promise<void> {
    // What was written down while another draining was on its last call goes with one of its own.
    while (this.draining) await this.draining;
    this.draining = alone(() => this.sendAll());
    try {
      await this.draining;
    } finally {
      this.draining = undefined;
    }
  }

  async look(): Promise<void> {
    this.unsent.value = await this.book.events();
    this.conflicts.value = await this.book.conflicts();
    this.photos.value = await this.book.photos();
  }

  private async sendAll(): Promise<void> {
    try {
      // A photo may be the proof by which a hand-over suffices: it goes before the event.
      let unwanted: Refused | null = null;
      for (const photo of await this.book.photos()) unwanted = (await this.sendOne(photo)) ?? unwanted;
      for (let calls = 0; calls < MOST_CALLS; calls += 1) if (!(await this.sendSome())) break;
      this.stopped.value = unwanted;
    } catch (thrown) {
      this.stopped.value = asRefused(thrown);
    }
    await this.look();
  }

  /** Answers why the node won't have it, if so: trying again would change nothing. */
  private async sendOne(photo: Photo): Promise<Refused | null> {
    let unwanted: Refused | null = null;
    try {
      await this.node.sendPhoto(photo);
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.retryable) throw thrown;
      unwanted = thrown;
    }
    await this.book.forgetPhoto(photo.name);
    return unwanted;
  }

  /** One call; answers whether another is due. */
  private async sendSome(): Promise<boolean> {
    const events = (await this.book.events()).slice(0, MOST_SENT);
    if (!events.length) return false;
    const { awaited, waiting, hasMore, answers } = await this.node.send(await this.book.deviceId(), events);
    await this.book.settle(answers);
    const left = await this.book.events();
    const isLost = waiting > 0 && !hasMore && !left.some((event) => event.sequence === awaited);
    if (isLost) await this.book.skip(awaited);
    return isLost || hasMore || left.length > 0;
  }
}

function alone(work: () => Promise<void>): Promise<void> {
  // A page that isn't served by HTTPS has no locks; the node does what comes twice once all the same.
  return navigator.locks ? (navigator.locks.request(LOCK, work) as Promise<void>) : work();
}
