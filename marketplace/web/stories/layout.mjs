/** What is wrong with how a screen lies, in words. */
export async function layoutFaults(page) {
  const { width } = page.viewportSize();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  return [...(wide > width ? [`${wide} px wide`] : []), ...(await page.evaluate(faultsWithin, width))];
}

/**
 * The same, seen from inside the page.
 *
 * Text cut by its box or lying on other text, what is touched smaller than a thumb or under something else that is
 * touched. A text that ends after lines or by an ellipsis is cut by intent; what scrolls sideways in its own box too.
 */
function faultsWithin(width) {
  const LEAST_TOUCH = 44;
  const SLACK = 1.5;
  const TOUCHED =
    "a[href], button, select, textarea, input:not([type=hidden]), summary, [role=button], [tabindex='0']";
  const top = document.querySelector("dialog[open]") ?? document.body;
  const found = [];
  const style = (element) => getComputedStyle(element);
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen");
  const ancestors = (element) => {
    const all = [];
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) all.push(each);
    return all;
  };
  /** The element that holds this one in its place on the screen while the page is pushed, or null. */
  const held = (element) =>
    ancestors(element).find((each) => ["fixed", "sticky"].includes(style(each).position)) ?? null;
  const scrolls = (element, axis) =>
    ancestors(element).some(
      (each) => each !== document.body && ["auto", "scroll"].includes(style(each)[`overflow${axis}`]),
    );
  const words = (element) =>
    (element.textContent || element.ariaLabel || element.id || element.tagName).trim().slice(0, 60);
  const name = (element) => `<${element.tagName.toLowerCase()}> "${words(element).replaceAll("\n", " ")}"`;
  const meets = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

  /** The part of a box that is not pushed out of a box around it that scrolls; null where all of it is. */
  const seen = ({ left, right, top, bottom }, chain) => {
    let [low, high] = [top, bottom];
    for (const each of chain)
      if (["auto", "scroll"].includes(style(each).overflowY) && each !== document.body) {
        const around = each.getBoundingClientRect();
        [low, high] = [Math.max(low, around.top), Math.min(high, around.bottom)];
      }
    return high > low ? { left, right, top: low, bottom: high } : null;
  };

  const texts = [];
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !isShown(element) || element.closest("svg, option, textarea")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const chain = ancestors(element);
    const isEnded = chain.some(
      (each) => style(each).webkitLineClamp !== "none" || style(each).textOverflow === "ellipsis",
    );
    const clip = chain.find((each) => each !== document.body && style(each).overflowX !== "visible");
    const boxes = [...range.getClientRects()];
    if (!/\s/.test(node.data.trim()) && node.data.trim().length < 24 && boxes.length > 1)
      found.push(`a word is broken: ${name(element)}`);
    for (const whole of boxes) {
      const box = seen(whole, chain);
      if (!box) continue;
      if (!isEnded && !scrolls(element, "X") && (box.left < -SLACK || box.right > width + SLACK))
        found.push(`beyond the edge: ${name(element)}`);
      if (clip && !isEnded) {
        const within = clip.getBoundingClientRect();
        const isCut = box.left < within.left - SLACK || box.right > within.right + SLACK;
        if (isCut && ["hidden", "clip"].includes(style(clip).overflowX)) found.push(`cut: ${name(element)}`);
      }
      if (!isEnded) texts.push({ element, box, held: held(element) });
    }
  }
  for (const [n, one] of texts.entries())
    for (const other of texts.slice(n + 1)) {
      if (one.element === other.element || one.held !== other.held) continue;
      const inset = (box) => ({ left: box.left + 1, right: box.right - 1, top: box.top + 4, bottom: box.bottom - 4 });
      if (meets(inset(one.box), inset(other.box)))
        found.push(`text upon text: ${name(one.element)} and ${name(other.element)}`);
    }

  const touched = [];
  for (const element of top.querySelectorAll(TOUCHED)) {
    if (!isShown(element) || element.disabled) continue;
    const whole = element.closest("label") ?? element;
    const box = whole.getBoundingClientRect();
    if (
      !seen(box, ancestors(whole)) ||
      !box.width ||
      (style(element).display === "inline" && element.tagName === "A")
    )
      continue; // in a sentence
    if (box.width < LEAST_TOUCH - 0.5 || box.height < LEAST_TOUCH - 0.5)
      found.push(`${Math.round(box.width)} × ${Math.round(box.height)} px to touch: ${name(whole)}`);
    if (!scrolls(element, "X")) touched.push({ element: whole, box, held: held(whole) });
  }
  for (const [n, one] of touched.entries())
    for (const other of touched.slice(n + 1)) {
      if (one.held !== other.held || one.element.contains(other.element) || other.element.contains(one.element))
        continue;
      if (meets(one.box, other.box))
        found.push(`touched at one place: ${name(one.element)} and ${name(other.element)}`);
    }
  return [...new Set(found)];
}
