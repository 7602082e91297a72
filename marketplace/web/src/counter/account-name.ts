import { language } from "../ground/language";

type Named = { number: string; name: string; nameInEnglish: string };

/** `Kas`, in the reader's language. */
export function plainName({ name, nameInEnglish }: Omit<Named, "number">): string {
  return language.value === "en" ? nameInEnglish || name : name;
}

/** `1-1001 Kas`, in the reader's language. */
export function accountName({ number, ...names }: Named): string {
  return `${number} ${plainName(names)}`;
}
