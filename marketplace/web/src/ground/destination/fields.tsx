import { useState } from "preact/hooks";
import { Field } from "../parts/field";
import type { Refused } from "../refused";
import { say } from "./words";

type Typed = { institution: string; number: string; holder: string };

export type DestinationTyped = {
  typed: Typed;
  change: (next: Partial<Typed>) => void;
  /** As the API takes it. */
  input: Typed;
};

/** A bank account or a wallet, as it is typed. */
export function useDestination(): DestinationTyped {
  const [typed, setTyped] = useState<Typed>({ institution: "", number: "", holder: "" });
  const { institution, number, holder } = typed;
  return {
    typed,
    change: (next) => setTyped((was) => ({ ...was, ...next })),
    input: { institution: institution.trim().toLowerCase(), number: number.trim(), holder: holder.trim() },
  };
}

/** Whereto money goes: the bank or wallet, the number, and whose it is. */
export function DestinationFields({ to, refused }: { to: DestinationTyped; refused: Refused | undefined }) {
  const field = (name: keyof Typed) => ({
    value: to.typed[name],
    onChange: (value: string) => to.change({ [name]: value }),
    wrong: refused?.field(name),
  });
  return (
    <>
      <Field {...field("institution")} hint={say.institutionHint} label={say.institution} most={20} />
      <Field {...field("number")} inputMode="numeric" label={say.accountNumber} most={30} />
      <Field {...field("holder")} hint={say.holderHint} label={say.holder} most={60} />
    </>
  );
}
