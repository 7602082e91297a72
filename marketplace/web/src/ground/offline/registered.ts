/** The service worker, put to work where it isn't yet; undefined where this browser has none, and while developing. */
export async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  if (!import.meta.env.PROD) return undefined;
  try {
    return await navigator.serviceWorker?.register("/service-worker.js");
  } catch (refused) {
    console.warn(refused);
    return undefined;
  }
}
