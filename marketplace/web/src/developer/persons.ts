import { inBrowser, inMemory, Lumbung } from "#client";
import { node } from "../ground/client";
import { language } from "../ground/language";
import { Refused } from "../ground/refused";
import type { Known, Person } from "./examples";
import { say } from "./words";

const FAR = "2999-01-01T00:00:00Z";
const clients = new Map<string, Lumbung>();

/** As whom a reader runs examples: as himself, or as the people whom the pages name. */
export type As = "me" | "them";

/** Whoever sends an example. Throws `Refused` where he can't be signed in by this page. */
export async function sender(who: string, as: As, people: Person[], known: Known): Promise<Lumbung> {
  if (who === "nobody") return nobody();
  if (as === "me") return node;
  const person = people.find(({ word }) => word === who);
  return person ? signedIn(person) : holder(String(known[who]));
}

function nobody(): Lumbung {
  return new Lumbung({ language: () => language.value });
}

/** A client of this person's own: the reader's session stays what it is. */
async function signedIn({ word, phone }: Person): Promise<Lumbung> {
  const held = clients.get(word);
  if (held?.session) return held;
  const store = inBrowser(`lumbung.person.${word}`, sessionStorage);
  const client = new Lumbung({ language: () => language.value, store });
  clients.set(word, client);
  if (!client.session) {
    const { simulatedCode } = await client.requestCode(phone);
    if (!simulatedCode) throw new Refused({ code: "FORBIDDEN", message: say.realCodes });
    await client.signIn({ phone, code: simulatedCode });
  }
  return client;
}

/** Who shows this token, an API key's for one. */
function holder(token: string): Lumbung {
  const store = inMemory();
  store.keep({
    accessToken: token,
    accessExpiresAt: FAR,
    refreshToken: "",
    account: { id: "", name: "", phone: null },
  });
  return new Lumbung({ language: () => language.value, store });
}
