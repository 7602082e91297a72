import { useState } from "preact/hooks";
import type { OfferedChannelFragment, PlaceOrderMutationVariables } from "../api";

/** What an order can be paid with: cash where its shops take it, and what the API says that they take online. */
export type Payable = { cash: boolean; channels: readonly OfferedChannelFragment[] };

/** In cash, or over a channel. */
export type Way = "CASH" | OfferedChannelFragment["channel"];

export type Paying = {
  way: Way | undefined;
  choose: (way: Way) => void;
  /** The chosen channel's banks or wallets, where there are several, and which of them it is. */
  institutions: readonly string[];
  institution: string;
  chooseInstitution: (institution: string) => void;
  /** How the API is told. */
  input: Pick<PlaceOrderMutationVariables["input"], "payment" | "payBy">;
};

/** Whereto a payment provider's own page leads the buyer back: to the order's page, which follows its payment live. */
const RETURN_URL = "/pesanan/{orderId}";

/** How a buyer pays: as he chose, while that can be had; else the first of all that can. */
export function usePaying({ cash, channels }: Payable): Paying {
  const [touched, choose] = useState<Way>();
  const [named, chooseInstitution] = useState("");
  const ways: Way[] = [...(cash ? (["CASH"] as const) : []), ...channels.map(({ channel }) => channel)];
  const way = touched && ways.includes(touched) ? touched : ways[0];
  const institutions = channels.find(({ channel }) => channel === way)?.institutions ?? [];
  const institution = institutions.includes(named) ? named : (institutions[0] ?? "");
  const input =
    !way || way === "CASH"
      ? { payment: "CASH" as const }
      : { payment: "ONLINE" as const, payBy: { channel: way, institution, returnUrl: RETURN_URL } };
  return { way, choose, institutions, institution, chooseInstitution, input };
}
