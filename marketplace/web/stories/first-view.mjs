/** What a first view costs, measured in the page: its requests and bytes, what was pushed about, and when it answers. */

/** Runs before the page does: collects what moved and when the browser was busy, and when `shown` was first there. */
export function watch(shown) {
  const seen = { shift: 0, busyUntil: 0, shownAt: 0 };
  globalThis.firstView = seen;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.busyUntil = Math.max(seen.busyUntil, startTime + duration);
  }).observe({ type: "longtask", buffered: true });
  const looking = setInterval(() => {
    if (!document.querySelector(shown)) return;
    seen.shownAt = performance.now();
    clearInterval(looking);
  }, 20);
}

/** What the first view of `path` came to in a browser that has nothing of it yet. */
export async function firstView(browser, like, path, shown, prepare = async () => {}) {
  const context = await browser.newContext({ ...like, serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    await prepare(await context.newCDPSession(page));
    await page.addInitScript(watch, shown);
    await page.goto(path);
    await page.waitForFunction(() => globalThis.firstView.shownAt);
    await page.waitForTimeout(500); // what comes late pushes as well
    return await page.evaluate(() => {
      const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      const { shift, busyUntil, shownAt } = globalThis.firstView;
      return {
        requests: files.length,
        bytes: files.reduce((sum, { transferSize }) => sum + transferSize, 0),
        shift,
        interactive: Math.round(Math.max(shownAt, busyUntil)),
      };
    });
  } finally {
    await context.close();
  }
}
