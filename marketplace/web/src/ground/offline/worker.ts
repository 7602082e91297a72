/**
 * What the browser keeps of the app: its scripts and styles, the page that holds them, and pictures already seen.
 * Without a network the app opens and says so; answers of the API are never kept here.
 */
type Waitable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Waitable & { request: Request; respondWith(answer: Promise<Response>): void };
type Pushed = Waitable & { data?: { json(): unknown } };
/** What the node writes into a push: see `payload_of` in `marketplace/notices/senders/push.py`. */
type Told = { title?: string; body?: string; url?: string; tag?: string; kind?: string; ring?: boolean; stop?: Stop };
/** How to be told no more of this: what the button beside a notification says, and the page that asks and does it. */
type Stop = { text: string; url: string };
type Tapped = Waitable & { notification: Notification; action: string };
type Page = { postMessage(message: unknown): void };
type Kept = {
  addEventListener(kind: string, hear: (event: Event) => void): void;
  skipWaiting(): Promise<void>;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    openWindow(url: string): Promise<unknown>;
    matchAll(which: { type: "window" }): Promise<Page[]>;
  };
};

declare const __SHELL__: string[];
declare const __BUILD__: string;

const SHELL = `shell-${__BUILD__}`;
const PICTURES = "pictures";
const MOST_PICTURES = 200;
/** Files named by their digest are the same to whoever asks, and in whatever encoding. */
const ANY = { ignoreVary: true };
const worker = globalThis as unknown as Kept;

worker.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(SHELL);
    // The node shows its page to who takes HTML.
    await cache.addAll([new Request("/", { headers: { Accept: "text/html" } }), ...__SHELL__]);
    await worker.skipWaiting();
  };
  (event as Waitable).waitUntil(fill());
});

worker.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== PICTURES) await caches.delete(name);
    await worker.clients.claim();
  };
  (event as Waitable).waitUntil(tidy());
});

worker.addEventListener("fetch", (event) => {
  const fetching = event as Fetching;
  const { request } = fetching;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") fetching.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) fetching.respondWith(kept(request));
  else if (url.pathname.startsWith("/images/")) fetching.respondWith(picture(request));
});

worker.addEventListener("push", (event) => {
  const pushed = event as Pushed;
  const { title, body, url, tag, kind, ring, stop } = (pushed.data?.json() ?? {}) as Told;
  const shown = {
    body: body ?? "",
    data: { url: url ?? "/", stop: stop?.url },
    tag: tag ?? "",
    requireInteraction: ring ?? false,
    actions: stop ? [{ action: "stop", title: stop.text }] : [],
  };
  pushed.waitUntil(
    Promise.all([worker.registration.showNotification(title ?? "Lumbung", shown), tellPages(kind ?? "")]),
  );
});

worker.addEventListener("notificationclick", (event) => {
  const tapped = event as Tapped;
  tapped.notification.close();
  const { url: opened, stop } = tapped.notification.data as { url: string; stop?: string };
  const url = new URL(tapped.action === "stop" && stop ? stop : opened, location.origin);
  if (url.origin === location.origin) tapped.waitUntil(worker.clients.openWindow(url.href));
});

/** A page that lies in the background asks for nothing by itself: it is told that there is news. */
async function tellPages(kind: string): Promise<void> {
  for (const page of await worker.clients.matchAll({ type: "window" })) page.postMessage({ pushed: kind });
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (offline) {
    const shell = await caches.match("/", ANY);
    if (shell) return shell;
    throw offline;
  }
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, ANY)) ?? fetch(request);
}

async function picture(request: Request): Promise<Response> {
  const cache = await caches.open(PICTURES);
  const known = await cache.match(request, ANY);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const all = await cache.keys();
    for (const old of all.slice(0, Math.max(0, all.length - MOST_PICTURES))) await cache.delete(old);
  }
  return answer;
}
