import { computed, effect, signal } from "@preact/signals";
import { thing } from "../ground/client";
import { Refused } from "../ground/refused";
import { account, ask } from "../ground/session";
import {
  AddToBasketDocument,
  AttachBasketDocument,
  type BasketWholeFragment,
  GuestBasketDocument,
  MyBasketDocument,
  RemoveLineDocument,
  UpdateLineDocument,
} from "./api";

export type Basket = BasketWholeFragment;
export type BasketLine = Basket["lines"][number];
export type Wanted = { variantId: string; quantity: number; options: string[]; note: string };

const KEPT_AS = "lumbung.basket";

/** The basket as the node has it; undefined until it was asked for. */
export const basket = signal<Basket | null | undefined>(undefined);
/** How many things are in it. */
export const pieces = computed(() => basket.value?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0);
/** What they cost in their shops, in rupiah. */
export const goods = computed(() => basket.value?.lines.reduce((sum, line) => sum + lineTotal(line), 0) ?? 0);

/** What a line costs: its variant with the chosen options, times how many. */
export function lineTotal(line: BasketLine): number {
  const priced = line.variant?.listing?.optionGroups.flatMap((group) => group.options) ?? [];
  const chosen = priced.filter((option) => line.options.includes(option.id));
  const each = (line.variant?.price ?? 0) + chosen.reduce((sum, option) => sum + option.priceDelta, 0);
  return each * line.quantity;
}

/** Without an account the basket is whoever's holds its token; signed in, it needs none. */
function guestToken(): string | null {
  return account.value ? null : localStorage.getItem(KEPT_AS);
}

function hold(found: Basket): void {
  if (found.token && !account.value) localStorage.setItem(KEPT_AS, found.token);
  basket.value = found;
}

/** Read it anew; what a guest put in becomes the account's when he signs in. */
export async function readBasket(): Promise<void> {
  const guests = localStorage.getItem(KEPT_AS);
  if (account.value && guests) {
    try {
      hold(thing((await ask(AttachBasketDocument, { token: guests })).attachBasket));
    } catch (refused) {
      if (refused instanceof Refused && refused.retryable) throw refused;
    }
    localStorage.removeItem(KEPT_AS);
  }
  if (account.value) basket.value = (await ask(MyBasketDocument, {})).viewer?.basket ?? null;
  else basket.value = guests ? (await ask(GuestBasketDocument, { token: guests })).basket : null;
}

export async function add(line: Wanted): Promise<void> {
  const send = async () =>
    thing((await ask(AddToBasketDocument, { input: { line, token: guestToken() } })).addToBasket);
  try {
    hold(await send());
  } catch (refused) {
    // A guest's basket that nobody used for long is gone: begin another.
    if (!(refused instanceof Refused && refused.code === "NOT_FOUND" && guestToken())) throw refused;
    localStorage.removeItem(KEPT_AS);
    hold(await send());
  }
}

/** Change how many; none takes the line out. */
export async function setQuantity(line: BasketLine, quantity: number): Promise<void> {
  const token = guestToken();
  const found =
    quantity > 0
      ? (await ask(UpdateLineDocument, { input: { lineId: line.id, quantity, note: line.note, token } }))
          .updateBasketLine
      : (await ask(RemoveLineDocument, { input: { lineId: line.id, token } })).removeFromBasket;
  hold(thing(found));
}

/** Ask for the basket whenever another person signs in; without a network the next page asks again. */
export function followAccount(): () => void {
  return effect(() => {
    void account.value?.id;
    readBasket().catch(() => undefined);
  });
}
