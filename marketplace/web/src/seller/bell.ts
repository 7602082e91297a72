import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const KEPT_AS = "lumbung.bell";
const EVERY_MS = 3_000;
/** When each tone begins, in seconds, and how high it is, in hertz. */
const TONES = [
  [0, 880],
  [0.22, 1175],
  [0.44, 880],
  [0.66, 1175],
] as const;
const TONE_S = 0.2;
const SHAKES_MS = [300, 120, 300];

/**
 * Whether new orders are heard. A browser lets a page sound only once it was touched: after it was opened anew the
 * bell is `asleep` until then.
 */
export const bell = signal<"off" | "asleep" | "on">(localStorage.getItem(KEPT_AS) ? "asleep" : "off");

let sound: AudioContext | undefined;

async function wake(): Promise<void> {
  sound ??= new AudioContext();
  await sound.resume();
  bell.value = sound.state === "running" ? "on" : "asleep";
}

/** Let orders ring, here and whenever the app is opened on this device; called by a touch. */
export async function allowBell(): Promise<void> {
  localStorage.setItem(KEPT_AS, "on");
  await wake();
  ring();
}

export function silenceBell(): void {
  localStorage.removeItem(KEPT_AS);
  bell.value = "off";
}

function ring(): void {
  if (bell.value === "off") return;
  navigator.vibrate?.(SHAKES_MS);
  if (sound?.state === "running") for (const [at, pitch] of TONES) strike(sound, sound.currentTime + at, pitch);
}

/** One stroke of a bell: it fades, and begins without a crack. */
function strike(sound: AudioContext, at: number, pitch: number): void {
  const tone = sound.createOscillator();
  const loudness = sound.createGain();
  tone.type = "triangle";
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.001, at);
  loudness.gain.exponentialRampToValueAtTime(0.7, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + TONE_S);
  tone.connect(loudness).connect(sound.destination);
  tone.start(at);
  tone.stop(at + TONE_S);
}

/** Wake a sleeping bell at the first touch of the page. */
export function useBell(): void {
  const isAsleep = bell.value === "asleep";
  useEffect(() => {
    if (!isAsleep) return;
    const touched = () => void wake();
    addEventListener("pointerup", touched);
    addEventListener("keydown", touched);
    return () => {
      removeEventListener("pointerup", touched);
      removeEventListener("keydown", touched);
    };
  }, [isAsleep]);
}

/** Ring at once and every few seconds, for as long as `isRinging`. */
export function useRinging(isRinging: boolean): void {
  useEffect(() => {
    if (!isRinging) return;
    ring();
    const timer = setInterval(ring, EVERY_MS);
    return () => clearInterval(timer);
  }, [isRinging]);
}
