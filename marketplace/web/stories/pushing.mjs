/**
 * Bu Tutik's phone lies in the background: a new order reaches it by web push, and the link in it accepts once.
 *
 * The push service is this story's own: it hears what the node sends and opens it as a browser does (RFC 8291), and
 * Chromium hands the text to the app's own service worker.
 */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { orderFirst } from "./ordering.mjs";
import { client, play, signIn } from "./stage.mjs";

/** The town's sellers never answer an order with this word. */
const LEFT_TO_THE_SHOP = "diam";
const RECORD_HEAD = 16 + 4 + 1;

/** The browser's keys, as `pushManager.subscribe` makes them. */
const keys = createECDH("prime256v1");
keys.generateKeys();
const secret = randomBytes(16);

/** What a push holds: RFC 8291 over one record of RFC 8188 (`aes128gcm`). */
function opened(sent) {
  const salt = sent.subarray(0, 16);
  const theirs = sent.subarray(RECORD_HEAD, RECORD_HEAD + sent[RECORD_HEAD - 1]);
  const sealed = sent.subarray(RECORD_HEAD + theirs.length);
  const derived = (key, from, info, length) => Buffer.from(hkdfSync("sha256", key, from, info, length));
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), theirs]);
  const key = derived(keys.computeSecret(theirs), secret, about, 32);
  const opening = createDecipheriv(
    "aes-128-gcm",
    derived(key, salt, "Content-Encoding: aes128gcm\0", 16),
    derived(key, salt, "Content-Encoding: nonce\0", 12),
  );
  opening.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString(); // the delimiter of the last record
}

/** A push service on this machine; `next()` answers what the node sends it next. */
async function pushService() {
  const waiting = [];
  const come = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.writeHead(201).end();
    const push = { headers: request.headers, text: opened(Buffer.concat(parts)) };
    const hearer = waiting.shift();
    if (hearer) hearer(push);
    else come.push(push);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}/send/tutik`,
    next: () => come.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    close: () => server.close(),
  };
}

/** Stands where the browser would ask its maker's push service for an address; the keys are the story's. */
function subscribing({ endpoint, p256dh, auth }) {
  let held = null;
  PushManager.prototype.subscribe = async (asked) => {
    if (!asked.userVisibleOnly || asked.applicationServerKey.length !== 65) throw new Error("asked wrongly");
    held = {
      endpoint,
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: async () => {
        held = null;
      },
    };
    return held;
  };
  PushManager.prototype.getSubscription = async () => held;
}

/** The app's service worker as Chromium's tools see it: what hands it a push. */
async function workerOf(context, page) {
  const tools = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId);
    });
  });
  await tools.send("ServiceWorker.enable");
  const registrationId = await registered;
  const { origin } = new URL(page.url());
  return { deliver: (data) => tools.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data }) };
}

const service = await pushService();
const ayu = await client("+6281235000001");
try {
  await play("pushing", async ({ page, context, look }) => {
    const press = (on, name) => on.getByRole("button", { name, exact: true }).click();
    await context.grantPermissions(["notifications", "geolocation"]);
    await context.addInitScript(subscribing, {
      endpoint: service.endpoint,
      p256dh: keys.getPublicKey("base64url"),
      auth: secret.toString("base64url"),
    });
    await page.goto("/jual/toko");
    await page.getByRole("link", { name: "Masuk" }).click();
    await signIn(page, "+62812320000100");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await press(page, "Nyalakan notifikasi");
    await page.getByRole("button", { name: "Matikan notifikasi" }).waitFor();
    await look("turned-on");
    const worker = await workerOf(context, page);
    // The app's page goes to the background, where it asks for nothing, and its WebSocket is gone.
    await page.addInitScript(() => Object.defineProperty(document, "hidden", { get: () => true }));
    await page.routeWebSocket(/graphql/, (socket) => socket.close());
    await page.goto("/jual");
    await page.getByText("Supaya tidak terlewat").waitFor();

    const { number } = await orderFirst(ayu, { note: LEFT_TO_THE_SHOP });
    const { headers, text } = await service.next();
    if (headers.urgency !== "high" || !/^vapid t=.+, k=.+/.test(headers.authorization))
      throw new Error("no ring's push");
    await worker.deliver(text);
    await page.getByText(number).waitFor();
    await look("rings-in-the-background");
    const shown = await page.evaluate(async () => {
      const [notification] = await (await navigator.serviceWorker.ready).getNotifications();
      const { title, body, requireInteraction, data } = notification;
      return { title, body, requireInteraction, url: data.url };
    });
    if (!shown.requireInteraction || !`${shown.title} ${shown.body}`.includes(number)) {
      throw new Error(`not the order's ring: ${JSON.stringify(shown)}`);
    }

    // Two taps: the notification's, and another's of the same link that was opened before the first was pressed.
    const second = await context.newPage();
    await page.goto(shown.url);
    await second.goto(shown.url);
    await look("one-tap");
    await press(page, "Terima pesanan");
    await page.getByText("Pesanan diterima").waitFor();
    await look("accepted");
    await press(second, "Terima pesanan");
    await second.getByText("sudah dijawab").waitFor();
  });
} finally {
  service.close();
}
