import { expect, test } from "vitest";
import { keyOf, pictured, type Thing } from "./list";

const thing = (title: string, photo: string | null): Thing => ({
  line: 2,
  id: null,
  title,
  price: 10_000,
  isNew: true,
  changes: [],
  photo,
});

test("a picture goes to each thing that names it, however its name is capitalised", () => {
  const soto = new File(["x"], "SOTO.jpg");
  const chosen = new Map([[keyOf(soto.name), soto]]);
  const things = [
    thing("Soto", "soto.JPG "),
    thing("Soto jumbo", "soto.jpg"),
    thing("Es teh", "es.jpg"),
    thing("Nasi", null),
  ];
  expect(pictured(things, chosen).map(([{ title }]) => title)).toEqual(["Soto", "Soto jumbo"]);
});
