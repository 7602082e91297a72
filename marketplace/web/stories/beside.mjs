/** Each page once more, beside the phone on which a story is played: in English and in the dark, and in hostile hands. */
import { layoutFaults } from "./layout.mjs";
import { faultsBeside, settled } from "./screen.mjs";
import { heard, rewritten } from "./written.mjs";

const LANGUAGE = "lumbung.language";
/** Nothing asks or rings there. */
const QUIET = "about:blank";
const HARM = `document.title='harmed'`;
/** What a stranger may try in a name, in one; and how long it may be. */
const HOSTILE = [
  `<img src=x onerror="${HARM}"><script>${HARM}</script>`,
  `javascript:${HARM}//`,
  "\u202Eتوصيل سريع\u202E ארוחה",
  "\u200B\u200D\uFEFF🍚🔥".repeat(40),
].join(" ");
const LONG = "Nasigoreng".repeat(1000);

/** Opens addresses as who is signed in on `phone`, on another one of `like`; `look` answers what is wrong with a page. */
export function besides(phone, like) {
  let opened;
  const open = async () => {
    const context = await phone.browser().newContext({ ...like, colorScheme: "dark", serviceWorkers: "block" });
    const page = await context.newPage();
    return { context, page, written: heard(page) };
  };
  return {
    async look(address, file) {
      opened ??= await open();
      const { context, page, written } = opened;
      await context.clearCookies();
      await context.addCookies(await phone.cookies());
      await keepAs(page, await phone.storageState());
      const english = await inEnglish(page, written, address, file);
      const hostile = await inHostileHands(page);
      await page.goto(QUIET);
      return [
        ...english.map((fault) => `in English: ${fault}`),
        ...hostile.map((fault) => `in hostile hands: ${fault}`),
      ];
    },
    close: () => opened?.context.close(),
  };
}

/** From the next page on, this browser keeps what the phone keeps, but for the language. */
async function keepAs(page, { origins }) {
  await page.addInitScript(
    ([kept, key]) => {
      localStorage.clear();
      for (const { name, value } of kept) localStorage.setItem(name, value);
      localStorage.setItem(key, "en");
    },
    [origins.flatMap(({ localStorage: kept }) => kept), LANGUAGE],
  );
}

async function inEnglish(page, written, address, file) {
  await page.goto(address);
  await settled(page);
  await page.screenshot({ path: file, fullPage: true });
  return faultsBeside(page, "en", written());
}

async function inHostileHands(page) {
  const refused = [];
  const complain = (said) => said.type() === "error" && refused.push(said.text());
  const thrown = (error) => refused.push(error.message);
  page.on("console", complain);
  page.on("pageerror", thrown);
  await page.route("**/graphql", async (route) => {
    try {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: rewritten(await answer.json(), HOSTILE, LONG) });
    } catch (gone) {
      if (!page.isClosed()) throw gone; // what a page asks on its way out is answered to nobody
    }
  });
  await page.reload();
  await settled(page);
  const found = [...(await page.evaluate(harm)), ...(await layoutFaults(page)), ...refused];
  page.off("console", complain);
  page.off("pageerror", thrown);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  return found;
}

/** Whether a script of theirs ran, an element of theirs was made, a link of theirs leads, text is turned around. */
function harm() {
  const found = [];
  if (document.title === "harmed") found.push("a script ran");
  if (document.querySelector("img[onerror], body script:not([src])")) found.push("markup was made of text");
  if ([...document.links].some(({ protocol }) => protocol === "javascript:")) found.push("a link runs a script");
  if (/[\u202A-\u202E]/.test(document.body.textContent)) found.push("the text after it is turned around");
  return found;
}
