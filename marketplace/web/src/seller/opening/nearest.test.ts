import { expect, test } from "vitest";
import { hosts, nearestFirst, sameRegionFirst } from "./nearest";

const named = (things: { name: string }[]) => things.map(({ name }) => name).join(" ");

test("districts of one name: the nearest first", () => {
  const found = [
    { name: "Medan", point: { lat: 3.6, lon: 98.7 } },
    { name: "Surabaya", point: { lat: -7.3, lon: 112.7 } },
    { name: "Bandung", point: { lat: -6.9, lon: 107.6 } },
  ];
  expect(named(nearestFirst(found, { lat: -7.29, lon: 112.74 }))).toBe("Surabaya Bandung Medan");
  expect(named(nearestFirst(found, undefined))).toBe("Medan Surabaya Bandung");
});

test("who only carries hosts no shop, nor does a co-op of co-ops", () => {
  const all = [
    { name: "ojek", kind: "DRIVER", level: "PRIMARY" },
    { name: "pasar", kind: "TRADER", level: "PRIMARY" },
    { name: "gudang", kind: "LOGISTICS", level: "PRIMARY" },
    { name: "induk", kind: "TRADER", level: "SECONDARY" },
    { name: "usaha", kind: "MULTI", level: "PRIMARY" },
  ];
  expect(named(hosts(all))).toBe("pasar usaha");
});

test("co-ops of the same city first, then of the same province", () => {
  const all = [
    { name: "Jakarta", regionCode: "31.71" },
    { name: "Malang", regionCode: "35.73" },
    { name: "Surabaya", regionCode: "35.78" },
  ];
  expect(named(sameRegionFirst(all, "35.78.04"))).toBe("Surabaya Malang Jakarta");
  expect(named(sameRegionFirst(all, ""))).toBe("Jakarta Malang Surabaya");
});
