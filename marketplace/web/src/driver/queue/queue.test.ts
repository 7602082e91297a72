import { newKey } from "#client";
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { offline, Refused } from "../../ground/refused";
import { type Answer, Book, type Event, type Photo } from "./book";
import { type Node, Queue, type Receipt } from "./queue";

/** A node that carries out each number once, in order, whatever comes how often; `isCut`: without a network. */
class Town implements Node {
  isCut = false;
  /** Carries out what it is sent, and its answer is lost. */
  losesAnswers = false;
  carriedOut: string[] = [];
  photos: string[] = [];
  devices = new Set<string>();
  wrongPins = new Set<string>();
  private known = new Map<number, Event>();
  private awaited = 1;

  async send(deviceId: string, events: Event[]): Promise<Receipt> {
    if (this.isCut) throw offline();
    this.devices.add(deviceId);
    for (const event of events) {
      const known = this.known.get(event.sequence);
      if (known && known.id !== event.id) throw new Error("another event under the same number");
      this.known.set(event.sequence, event);
    }
    const done = new Map<number, Answer>();
    for (let due = this.known.get(this.awaited); due; due = this.known.get(this.awaited)) {
      const isWrong = due.pin ? this.wrongPins.has(due.pin) : false;
      if (!isWrong) this.carriedOut.push(due.kind);
      done.set(due.sequence, {
        sequence: due.sequence,
        outcome: isWrong ? "CONFLICT" : "APPLIED",
        message: isWrong ? "PIN salah" : null,
        job: isWrong ? { state: "AT_PICKUP", isYours: true } : null,
      });
      this.awaited += 1;
    }
    if (this.losesAnswers) throw offline();
    for (const { sequence } of events) {
      const outcome = sequence < this.awaited ? "APPLIED" : "WAITING";
      if (!done.has(sequence)) done.set(sequence, { sequence, outcome, message: null, job: null });
    }
    const waiting = [...this.known.keys()].filter((sequence) => sequence >= this.awaited).length;
    return { awaited: this.awaited, waiting, hasMore: false, answers: [...done.values()] };
  }

  async sendPhoto(photo: Photo): Promise<void> {
    if (this.isCut) throw offline();
    if (photo.name === "bad") throw new Refused({ code: "INVALID", message: "bukan gambar" });
    this.photos.push(`${photo.name} before ${this.carriedOut.length}`);
  }
}

const JOB = "job";

function phone(town = new Town(), name = newKey()) {
  return { town, name, queue: new Queue(new Book("suparman", name), town) };
}

test("with a network an event is sent at once and forgotten", async () => {
  const { town, queue } = phone();
  await queue.tell({ kind: "ARRIVE_AT_PICKUP", jobId: JOB });
  expect(town.carriedOut).toEqual(["ARRIVE_AT_PICKUP"]);
  expect(queue.unsent.value).toEqual([]);
});

test("without a network all is kept in order, over a restart, and drains once", async () => {
  const { town, name, queue } = phone();
  town.isCut = true;
  await queue.tell({ kind: "PICK_UP", jobId: JOB, pin: "1234" });
  await queue.tell({ kind: "ARRIVE_AT_DROP_OFF", jobId: JOB });
  expect(queue.unsent.value.map((event) => event.sequence)).toEqual([1, 2]);
  expect(queue.stopped.value?.code).toBe("OFFLINE");

  const restarted = phone(town, name).queue;
  await restarted.tell({ kind: "DROP_OFF", jobId: JOB, pin: "5678" });
  expect(restarted.unsent.value.map((event) => event.sequence)).toEqual([1, 2, 3]);
  town.isCut = false;
  await Promise.all([restarted.drain(), restarted.drain()]);
  expect(town.carriedOut).toEqual(["PICK_UP", "ARRIVE_AT_DROP_OFF", "DROP_OFF"]);
  expect(restarted.unsent.value).toEqual([]);
  expect(restarted.stopped.value).toBeNull();
  expect(town.devices.size).toBe(1);
});

test("what was carried out and whose answer was lost is sent again as it was, and done once", async () => {
  const { town, queue } = phone();
  town.losesAnswers = true;
  await queue.tell({ kind: "PICK_UP", jobId: JOB, pin: "1234" });
  expect(queue.unsent.value).toHaveLength(1);
  town.losesAnswers = false;
  await queue.drain();
  expect(town.carriedOut).toEqual(["PICK_UP"]);
  expect(queue.unsent.value).toEqual([]);
});

test("a conflict stays as what stands until it was read, and holds up nothing", async () => {
  const { town, queue } = phone();
  town.wrongPins.add("0000");
  await queue.tell({ kind: "PICK_UP", jobId: JOB, pin: "0000" });
  const [conflict] = queue.conflicts.value;
  expect(conflict).toMatchObject({ kind: "PICK_UP", jobId: JOB, message: "PIN salah", state: "AT_PICKUP" });
  await queue.tell({ kind: "PICK_UP", jobId: JOB, pin: "1234" });
  expect(town.carriedOut).toEqual(["PICK_UP"]);
  if (conflict) await queue.seen(conflict);
  expect(queue.conflicts.value).toEqual([]);
});

test("a number that was lost here is skipped, so that the later ones don't wait", async () => {
  const { town, queue } = phone();
  town.isCut = true;
  await queue.tell({ kind: "PAUSE" });
  await queue.tell({ kind: "RESUME" });
  await queue.book.settle([{ sequence: 1, outcome: "APPLIED", message: null, job: null }]);
  town.isCut = false;
  await queue.drain();
  expect(town.carriedOut).toEqual(["SKIPPED", "RESUME"]);
  expect(queue.unsent.value).toEqual([]);
});

test("more than one call takes are all sent", async () => {
  const { town, queue } = phone();
  town.isCut = true;
  for (let n = 0; n < 120; n += 1) await queue.book.add({ kind: "POSITION", place: { lat: -7, lon: 112 } });
  town.isCut = false;
  await queue.drain();
  expect(town.carriedOut).toHaveLength(120);
});

test("a photo goes before the events that it is the proof of; one that the node won't have holds up nothing", async () => {
  const { town, queue } = phone();
  const photo = { jobId: JOB, dropId: null, moment: "DROP_OFF", at: new Date().toISOString() } as const;
  town.isCut = true;
  await queue.tellPhoto({ ...photo, name: "bad", body: new Blob(["?"]) });
  await queue.tellPhoto({ ...photo, name: "door", body: new Blob(["door"]) });
  await queue.tell({ kind: "DROP_OFF", jobId: JOB });
  expect(queue.photos.value).toHaveLength(2);
  town.isCut = false;
  await queue.drain();
  expect(town.photos).toEqual(["door before 0"]);
  expect(town.carriedOut).toEqual(["DROP_OFF"]);
  expect(queue.photos.value).toEqual([]);
  expect(queue.stopped.value?.message).toBe("bukan gambar");
});

test("two drivers on one phone have a device and numbers each", async () => {
  const { town, name, queue } = phone();
  const eko = new Queue(new Book("eko", name), new Town());
  town.isCut = true;
  await queue.tell({ kind: "PAUSE" });
  await eko.tell({ kind: "PAUSE" });
  expect(eko.unsent.value).toEqual([]);
  expect(await eko.book.deviceId()).not.toBe(await queue.book.deviceId());
  await queue.look();
  expect(queue.unsent.value).toHaveLength(1);
});
