/**
 * A phone on which a story is played: 360 × 800, in Bahasa Indonesia, with the screenshots kept.
 *
 * Each screen is held against what must always be so (`screen.mjs`) as it is photographed; each page of the story's own
 * in `pages.json`, where it is first seen, once more in English and in the dark, and in hostile hands (`beside.mjs`).
 * What the browser complains of (a script refused by the policy, an error) ends the story, and so does a page that it
 * should have shown and hasn't.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { chromium } from "playwright-core";
import { besides } from "./beside.mjs";
import { faults, settled } from "./screen.mjs";
import { pageAt, unseen } from "./seen.mjs";
import { heard } from "./written.mjs";

const { LUMBUNG_STORY_NODE: NODE, LUMBUNG_STORY_SHOTS: SHOTS, LUMBUNG_STORY_CHROMIUM: CHROMIUM } = process.env;
/** Where the buyers of the seeded town live. */
const HOME = { latitude: -7.2951, longitude: 112.7391 };
const PATIENCE_MS = 20_000;
const PHONE = { width: 360, height: 800 };
const DESK = { width: 1280, height: 860 };
/** What the browser says of each request while a story has cut the network. */
const CUT = "ERR_INTERNET_DISCONNECTED";

/** By whose clock the town lives, and so do its phones and these stories: by UTC it is another day until seven. */
const ZONE = "Asia/Jakarta";
process.env.TZ = ZONE;

/** The phone. */
export const LIKE = {
  baseURL: NODE,
  viewport: PHONE,
  isMobile: true,
  hasTouch: true,
  locale: "id-ID",
  timezoneId: ZONE,
  reducedMotion: "reduce",
  geolocation: HOME,
  permissions: ["geolocation"],
};

/** Open a phone, play the story on it, close it. */
export function play(name, story) {
  return playTogether([name], (phones) => story(phones[name]));
}

/** The same on several phones at once, each with an account of its own; the story gets them by their names. */
export async function playTogether(names, story) {
  mkdirSync(SHOTS, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--lang=id-ID"] });
  try {
    const opened = await Promise.all(names.map(async (name) => [name, await open(browser, name)]));
    try {
      await story(Object.fromEntries(opened));
    } catch (stuck) {
      for (const [name, { page }] of opened) await page.screenshot({ path: join(SHOTS, `${name}-stuck.png`) });
      throw stuck;
    }
    for (const [, phone] of opened) await phone.end();
  } finally {
    await browser.close();
  }
}

async function open(browser, name) {
  const context = await browser.newContext(LIKE);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const beside = besides(context, LIKE);
  const written = heard(page);
  const complaints = [];
  const seen = new Set();
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (said) => {
    if (said.type() === "error" && !said.text().includes(CUT)) complaints.push(`console: ${said.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  let shots = 0;
  /** Look at the screen as it stands, and keep its picture. */
  async function look(what) {
    shots += 1;
    const file = `${name}-${String(shots).padStart(2, "0")}-${what}.png`;
    await settled(page);
    await page.evaluate(() => globalThis.scrollTo(0, 0)); // what stays at the upper edge is not drawn in the middle
    await page.screenshot({ path: join(SHOTS, file), fullPage: true });
    const language = await page.evaluate(() => document.documentElement.lang);
    complaints.push(...(await faults(page, session, language, written())).map((fault) => `${what}: ${fault}`));
    const at = pageAt(name, page.url());
    if (!at || seen.has(at) || !(await page.evaluate(() => navigator.onLine))) return;
    seen.add(at);
    const found = await beside.look(page.url(), join(SHOTS, file.replace(/\.png$/, "-english.png")));
    complaints.push(...found.map((fault) => `${what}, ${fault}`));
  }
  return {
    page,
    context,
    session,
    complaints,
    look,
    /** The same page on a desk's screen, in the dark. */
    async lookWide(what) {
      await page.setViewportSize(DESK);
      await page.emulateMedia({ colorScheme: "dark" });
      await look(`${what}-wide`);
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize(PHONE);
    },
    /** Press what gives a file, and hold its name and that there is something in it. */
    async fetched(press, name) {
      const [file] = await Promise.all([page.waitForEvent("download"), press()]);
      if (!name.test(file.suggestedFilename())) complaints.push(`a file named ${file.suggestedFilename()}`);
      if (statSync(await file.path()).size < 50) complaints.push(`nothing in ${file.suggestedFilename()}`);
    },
    async end() {
      await beside.close();
      complaints.push(...unseen(name, seen).map((each) => `never shown: ${each}`));
      if (complaints.length) throw new Error(`${name}:\n${complaints.join("\n")}`);
    },
  };
}

/** A button by its own word: what it is about (`Ambil – Warung Bu Tini`) may follow. */
export function called(word) {
  return new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( – |$)`);
}

/** Presses the first button of that word. */
export function pressing(page) {
  return (word) =>
    page
      .getByRole("button", { name: called(word) })
      .first()
      .click();
}

/** Sign in as who has this phone, by a name where it is new; the node writes its codes to a file. */
export async function signIn(page, phone, name = "") {
  const earlier = codesFor(phone).length;
  await page.getByLabel("Nomor HP").fill(phone);
  await page.getByRole("button", { name: "Kirim kode" }).click();
  await page.getByLabel("Kode 6 angka").fill(await codeAfter(earlier, phone));
  if (name) await page.getByLabel(/Nama Anda/).fill(name);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
}

/** Hand the phone to who has this number, whoever was signed in before. */
export async function become(page, phone) {
  await page.goto("/akun");
  const out = page.getByRole("button", { name: "Keluar" });
  const into = page.getByRole("link", { name: "Masuk" });
  await out.or(into).first().waitFor();
  if (await out.isVisible()) await out.click();
  await into.click();
  await signIn(page, phone);
  await out.waitFor();
}

/** Somebody who isn't watched: what he asks of the API, signed in by his phone. Throws on any error or `Problem`. */
export async function client(phone) {
  const earlier = codesFor(phone).length;
  await post("mutation ($phone: String!) { done: requestCode(input: { phone: $phone }) { __typename } }", { phone });
  const input = { phone, code: await codeAfter(earlier, phone) };
  const { accessToken } = await post(
    `mutation ($input: SignInInput!) {
      done: signIn(input: $input) { __typename ... on SignedIn { accessToken } ... on Problem { code message } }
    }`,
    { input },
  );
  const asking = (query, variables) => post(query, variables, accessToken);
  /** Send a file of his beside GraphQL. */
  asking.send = async (path, body) => {
    const headers = { Authorization: `Bearer ${accessToken}`, "Content-Type": body.type };
    const { ok, status } = await fetch(`${NODE}${path}`, { method: "POST", headers, body });
    if (!ok) throw new Error(`${path}: ${status}`);
  };
  return asking;
}

async function post(query, variables, token) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${NODE}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors || data.done?.__typename === "Problem") throw new Error(JSON.stringify(errors ?? data.done));
  return data.done;
}

/** The codes that the node has sent to this phone. */
export function codesFor(phone) {
  const file = process.env.LUMBUNG_STORY_CODES;
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line)).filter((line) => line.phone === phone);
}

/** The code that is sent to this phone after so many earlier ones. */
export async function codeAfter(earlier, phone) {
  for (let tries = 0; tries < 100; tries += 1) {
    const sent = codesFor(phone);
    if (sent.length > earlier) return sent.at(-1).code;
    await new Promise((resolve) => setTimeout(resolve, 100)); // the node sends it after it answered
  }
  throw new Error(`no code was sent to ${phone}`);
}
