/** A keyboard alone: where it is led, whether one sees where, and what each key does. */

const MOST_STEPS = 80;
/** A page may take so many drawn frames until the keyboard is where it belongs. */
const MOST_FRAMES = 30;

/** What has the focus now: its role, its name, whether its ring shows, and whether one sees it. */
function focusNow() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const whole = element.closest("label") ?? element;
  const box = whole.getBoundingClientRect();
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const above = document.elementFromPoint((box.left + box.right) / 2, (top + bottom) / 2);
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const label = element.labels?.[0]?.textContent ?? "";
  return {
    tag: element.tagName,
    name: (element.ariaLabel || label || element.textContent || "").trim().replace(/\s+/g, " "),
    isRinged: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
    isOnScreen: bottom > top && box.right > 0 && box.left < innerWidth,
    isCovered: above !== null && !whole.contains(above) && !above.contains(whole),
    isInSheet: !dialog || dialog.contains(element),
  };
}

/** Walks a page by its keys; `complaints` gets what is wrong with where they lead. */
export function keysOf({ page, complaints }) {
  const focused = () => page.evaluate(focusNow);
  function held(at) {
    if (at.tag === "BODY") return; // between the page's last and its first
    if (!at.isRinged) complaints.push(`one doesn't see that the keyboard is at "${at.name}"`);
    if (!at.isOnScreen) complaints.push(`the keyboard is at "${at.name}", which is not on the screen`);
    if (at.isCovered) complaints.push(`the keyboard is at "${at.name}", and something lies upon it`);
    if (!at.isInSheet) complaints.push(`the keyboard left the sheet for "${at.name}"`);
  }
  /** Tab until what is named so has the focus, where it hasn't got it. */
  async function to(name) {
    if (name.test((await focused()).name)) return;
    const passed = [];
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      await page.keyboard.press("Tab");
      const at = await focused();
      held(at);
      if (name.test(at.name)) return;
      passed.push(at.name || at.tag);
    }
    throw new Error([`no key leads to ${name}, but to`, ...new Set(passed), ...complaints].join("\n"));
  }
  /** What is named so has the focus by itself. */
  async function at(name) {
    let now = await focused();
    for (let frames = 0; frames < MOST_FRAMES && !name.test(now.name); frames += 1) {
      await page.evaluate(() => new Promise(requestAnimationFrame));
      now = await focused();
    }
    if (!name.test(now.name)) complaints.push(`the keyboard is at "${now.name || now.tag}", not at ${name}`);
  }
  return {
    to,
    at,
    /** To what is named so, and press it. */
    async press(name, key = "Enter") {
      await to(name);
      await page.keyboard.press(key);
    },
    /** To the input of this label, and write over what stands in it. */
    async write(label, text) {
      await to(label);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    /** The focus is within the sheet of this title, which just opened. */
    async entered(title) {
      await page.getByRole("dialog", { name: title }).waitFor();
      const now = await focused();
      if (!now.isInSheet) complaints.push(`a sheet opened, and the keyboard stayed at "${now.name}"`);
    },
  };
}
