import { language } from "../ground/language";

type Named = { number: string; name: string; nameInEnglish: string };

/** `1-1001 Kas`, in the reader's language. */
export function accountName({ number, name, nameInEnglish }: Named): string {
  return `${number} ${language.value === "en" ? nameInEnglish || name : name}`;
}
