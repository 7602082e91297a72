import { useEffect } from "preact/hooks";
import { PushKeyDocument, SubscribePushDocument, UnsubscribePushDocument } from "./api";
import { thing } from "./client";
import { registered } from "./offline/registered";
import { Refused } from "./refused";
import { ask } from "./session";
import { say } from "./words";

async function pushes(): Promise<PushManager | undefined> {
  return (await registered())?.pushManager;
}

/** Whether this browser is told of news while the app is closed; undefined where it can't be. */
export async function isPushed(): Promise<boolean | undefined> {
  const manager = await pushes();
  if (!manager || !("Notification" in globalThis)) return undefined;
  return (await manager.getSubscription()) !== null && Notification.permission === "granted";
}

/** Have news sent to this browser also while the app is closed; called by a touch. Throws `Refused`. */
export async function takePushes(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw denied();
  const { webPushKey } = await ask(PushKeyDocument, {});
  const subscription = await subscribed(webPushKey);
  const { endpoint = "", keys = {} } = subscription.toJSON();
  const input = { endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" };
  thing((await ask(SubscribePushDocument, { input })).subscribePush);
}

/** Have no more news sent to this browser. */
export async function stopPushes(): Promise<void> {
  const subscription = await (await pushes())?.getSubscription();
  if (!subscription) return;
  const { endpoint } = subscription;
  thing((await ask(UnsubscribePushDocument, { input: { endpoint } })).unsubscribePush);
  await subscription.unsubscribe();
}

/** Hear of each push that reaches this browser while the page is open, be it in the background. */
export function usePushed(hear: () => void): void {
  useEffect(() => {
    const heard = ({ data }: MessageEvent) => {
      if (data?.pushed !== undefined) hear();
    };
    navigator.serviceWorker?.addEventListener("message", heard);
    return () => navigator.serviceWorker?.removeEventListener("message", heard);
  }, [hear]);
}

async function subscribed(key: string): Promise<PushSubscription> {
  const manager = await pushes();
  if (!manager) throw denied();
  try {
    await navigator.serviceWorker.ready; // a first visit's worker is still being set up
    return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  } catch (refusal) {
    console.warn(refusal); // the browser's push service can't be reached, or the person said no
    throw denied();
  }
}

function denied(): Refused {
  return new Refused({ code: "PUSH_DENIED", message: say.pushDenied });
}

/** What base64url tells. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}
