import { expect, test } from "vitest";
import type { District } from "../opening/district-field";
import { NOTHING_TOLD, toQuote } from "./caller";
import type { Line } from "./lines";

const line = { listing: {}, chosen: { variantId: "v", options: [] }, quantity: 2 } as unknown as Line;
const service = { ...line, listing: { kind: "SERVICE" } } as Line;
const lines = [{ variantId: "v", options: [], quantity: 2 }];
const district = { name: "Wonokromo", point: { lat: -7.3, lon: 112.7 } } as District;
const told = {
  ...NOTHING_TOLD,
  isDelivered: true,
  name: "Gatot ",
  phone: "08123456789",
  street: "Jl. Mawar 5",
  district,
};
const address = { recipient: "Gatot", phone: "08123456789", street: "Jl. Mawar 5", patokan: "" };

test.each([
  ["nothing wanted", [], NOTHING_TOLD, null],
  ["fetched", [line], NOTHING_TOLD, { lines, fulfilment: "PICKUP" }],
  ["a service goes nowhere", [service], told, { lines, fulfilment: "SERVICE" }],
  ["no street yet", [line], { ...told, street: " " }, null],
  [
    "to his district",
    [line],
    told,
    { lines, fulfilment: "DELIVERY", address: { ...address, point: district.point } },
  ],
  [
    "to the point that he shared",
    [line],
    { ...told, copied: "-7.25, 112.75" },
    { lines, fulfilment: "DELIVERY", address: { ...address, point: { lat: -7.25, lon: 112.75 } } },
  ],
  ["a point that is none", [line], { ...told, copied: "rumah" }, null],
])("%s", (_, wanted, caller, asked) => {
  expect(toQuote(wanted, caller)).toEqual(asked);
});
