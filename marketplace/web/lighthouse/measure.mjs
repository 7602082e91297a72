/** Lighthouse's scores of a page of each area, and the seconds until the shop answers on a slow phone and network. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { firstView } from "../stories/first-view.mjs";
import { become, LIKE } from "../stories/stage.mjs";

const { LUMBUNG_STORY_NODE: NODE, LUMBUNG_STORY_CHROMIUM: executablePath } = process.env;
const PORT = 9333;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
/** Each page with who opens it. */
const PAGES = [
  ["/", null],
  ["/toko/kios-beras-bu-tutik-0", null],
  ["/keranjang", null],
  ["/masuk", null],
  ["/pesanan", "+6281235000001"],
  ["/jual", "+62812320000100"],
  ["/antar", "+6281231000011"],
  ["/loket", "+628123100003"],
  ["/anggota", "+6281231000013"],
  ["/pengelola", "+6281230000001"],
];
/** Lighthouse's own "slow 4G", as the network and not a reckoning: round trips in ms, bytes in a second. */
const SLOW_4G = { offline: false, latency: 562.5, downloadThroughput: 184_320, uploadThroughput: 84_375 };
const TIMES = 5;

async function slowly(session) {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

const folder = mkdtempSync(join(tmpdir(), "lumbung-lighthouse-"));
const args = ["--no-sandbox", `--remote-debugging-port=${PORT}`];
/** A browser that keeps what one before it knew, in processes of its own. */
function opened() {
  return chromium.launchPersistentContext(folder, { ...LIKE, executablePath, args });
}

/** Signs who has this phone in, and closes the browser. */
async function signedIn(phone) {
  const context = await opened();
  await become(await context.newPage(), phone);
  await context.close();
}

/**
 * Each page in a browser that was opened for it: as Lighthouse begins to look on, Chromium goes through all scripts that
 * the process ever had, and would count the earlier pages' as this one's work.
 */
async function judged(path) {
  const context = await opened();
  try {
    const options = { port: PORT, onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: "error" };
    return (await lighthouse(`${NODE}${path}`, options)).lhr;
  } finally {
    await context.close();
  }
}

try {
  console.log("| page | performance | accessibility | best practices | not passed |\n|---|--:|--:|--:|---|");
  for (const [path, phone] of PAGES) {
    if (phone) await signedIn(phone);
    const lhr = await judged(path);
    const scores = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
    const failed = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs)
      .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => id);
    console.log(`| \`${path}\` | ${scores.join(" | ")} | ${failed.join(", ")} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const taken = [];
  for (let n = 0; n < TIMES; n += 1) taken.push(await firstView(browser, LIKE, "/", "main li a", slowly));
  const seconds = taken.map(({ interactive }) => interactive / 1000).sort((a, b) => a - b);
  console.log(`\nThe shop answers after ${seconds[TIMES >> 1]} s (median of ${seconds.join(", ")}).`);
} finally {
  await browser.close();
}
