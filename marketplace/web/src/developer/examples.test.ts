import { expect, test } from "vitest";
import { filled, follow, moments, unknownIn } from "./examples";

test("names are filled in, whole values as they are, and a key is of this visit", () => {
  const text = '{"input": {"id": "{{id}}", "note": "to {{name}}", "many": ["{{n}}"], "idempotencyKey": "a"}}';
  expect(filled(text, { id: "x", name: "Ayu", n: 3 }, "v1")).toEqual({
    input: { id: "x", note: "to Ayu", many: [3], idempotencyKey: "a-v1" },
  });
});

test("what is not known yet is named", () => {
  expect(unknownIn('"{{a}} {{b}}"', { a: null })).toEqual(["b"]);
});

test("a way leads into an answer, or nowhere", () => {
  const answer = { order: { parts: [{ id: "1" }] } };
  expect(follow("order.parts.0.id", answer)).toBe("1");
  expect(follow("order.absent.0.id", answer)).toBeUndefined();
});

test("days are the calendar's", () => {
  expect(moments(Date.UTC(2026, 10, 26, 10)).tomorrow).toBe("2026-11-27");
});
