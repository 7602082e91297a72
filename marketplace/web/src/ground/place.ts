import { signal } from "@preact/signals";

/** Where someone looks from: a point, with the name of what was chosen (empty for the phone's own position). */
export type Place = { lat: number; lon: number; name: string };

const KEPT_AS = "lumbung.place";

function read(): Place | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? "null") as Place | null;
    return kept && Number.isFinite(kept.lat) && Number.isFinite(kept.lon) ? kept : null;
  } catch {
    return null;
  }
}

/** Where the reader is, as he told or let the phone tell; null when nothing is known. */
export const place = signal<Place | null>(read());

export function settle(chosen: Place): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(chosen));
  place.value = chosen;
}

/** The phone's own position, after the person allowed it; rejects when he doesn't, or it isn't found in time. */
export function position(): Promise<{ lat: number; lon: number }> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) return reject(new Error("no geolocation"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude }),
      reject,
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}
