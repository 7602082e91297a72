/** What a screen reader is told of a page: the browser's accessibility tree, and what is wrong with it. */

/** What is pressed, filled or chosen: nothing of these may be nameless. */
const NAMED = new Set([
  "button",
  "link",
  "textbox",
  "searchbox",
  "spinbutton",
  "combobox",
  "checkbox",
  "radio",
  "switch",
  "slider",
  "dialog",
  "img",
  "image",
  "navigation",
  "group",
  "radiogroup",
  "DisclosureTriangle",
  "Date",
  "InputTime",
]);
/** Buttons that the browser puts into a field for a day or a time, each with that field's own name around it. */
const BROWSERS_OWN = /^Show (date|time|local date and time) picker/;
const MOST_TOLD = 1000;
/** They need no name where they have none: a group without a legend of its own is only a box. */
const MAY_BE_NAMELESS = new Set(["group", "radiogroup"]);

/** The tree's nodes that are told, in the order in which they are. */
export async function told(session) {
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes
    .filter(({ ignored, role }) => !ignored && role)
    .map(({ role, name, properties = [], description }) => ({
      role: role.value,
      name: (name?.value ?? "").trim(),
      description: (description?.value ?? "").trim(),
      ...Object.fromEntries(properties.map((each) => [each.name, each.value.value])),
    }));
}

/** But for nameless ones, and for names so long that the browser tells their beginning only. */
function isToldApart(name) {
  return name !== "" && name.length < MOST_TOLD && !BROWSERS_OWN.test(name);
}

/** Nameless controls, buttons that can't be told apart, headings out of order, a page without its parts, a wrong input whose fault isn't told with it. */
export function treeFaults(nodes) {
  const found = [];
  for (const node of nodes) {
    if (NAMED.has(node.role) && !node.name && !MAY_BE_NAMELESS.has(node.role)) found.push(`nameless ${node.role}`);
    if (node.invalid && node.invalid !== "false" && !node.description)
      found.push(`not told what is wrong: ${node.name}`);
  }
  const buttons = nodes.flatMap(({ role, name }) => (role === "button" && isToldApart(name) ? [name] : []));
  for (const name of new Set(buttons))
    if (buttons.indexOf(name) !== buttons.lastIndexOf(name)) found.push(`several buttons are called "${name}"`);
  const isModal = nodes.some(({ role, modal }) => role === "dialog" && modal);
  const headings = nodes.filter(({ role }) => role === "heading");
  if (!isModal) {
    const mains = nodes.filter(({ role }) => role === "main").length;
    if (mains !== 1) found.push(`${mains} main parts`);
    if (headings.filter(({ level }) => level === 1).length !== 1)
      found.push(`headings: ${headings.map(({ level }) => level)}`);
    if (headings[0]?.level !== 1) found.push(`begins with a heading of level ${headings[0]?.level}`);
  }
  for (const [n, { level, name }] of headings.entries())
    if (n && level > headings[n - 1].level + 1)
      found.push(`"${name}" is of level ${level} after ${headings[n - 1].level}`);
  return found;
}

/** Names of what is pressed and filled, for their language. */
export function names(nodes) {
  return nodes.filter(({ role, name }) => NAMED.has(role) && name).map(({ name }) => name);
}
