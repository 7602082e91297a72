/** What people wrote among the answers of the API: in whatever language they speak, and whatever else they please. */

/** The fields of answers that people write: theirs is whatever language they speak. */
const WRITTEN = new Set(
  (
    "title name displayName description section note notes noteForShop street recipient address text patokan reason about story holder " +
    "agenda place purpose plan body provider platform summary content vehicle complaint relation optionName variantName " +
    "report grounds defence minutes decision appeal"
  ).split(" "),
);
/** Signs that the app takes out of what people wrote or sets around it (`ground/written.ts`). */
const TURNING = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;

/** A line as it is compared: without signs that nobody sees, and with single blanks. */
export function straight(line) {
  return line.replace(TURNING, "").replace(/\s+/g, " ").trim();
}

/** What people wrote of all that this page has been answered. */
export function heard(page) {
  const texts = new Set();
  page.on("response", async (answer) => {
    if (answer.url().endsWith("/graphql")) collect(await answer.json().catch(() => null), texts);
  });
  return () => [...texts];
}

/** What people wrote among an answer's texts. */
function collect(answer, into, field = "") {
  if (typeof answer === "string") {
    if (WRITTEN.has(field) && /\p{L}{3}/u.test(answer))
      for (const line of answer.split("\n")) into.add(straight(line));
  } else if (Array.isArray(answer)) for (const each of answer) collect(each, into, field);
  else if (answer) for (const [key, each] of Object.entries(answer)) collect(each, into, key);
}

/** The same answer, had all who wrote in it written `text`; the first under each field's name wrote `long` besides. */
export function rewritten(answer, text, long, field = "", met = new Set()) {
  if (typeof answer === "string") {
    if (!WRITTEN.has(field)) return answer;
    const isFirst = !met.has(field);
    met.add(field);
    return isFirst ? `${text} ${long}` : text;
  }
  if (Array.isArray(answer)) return answer.map((each) => rewritten(each, text, long, field, met));
  if (answer === null || typeof answer !== "object") return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, each]) => [key, rewritten(each, text, long, key, met)]),
  );
}
