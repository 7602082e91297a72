import { LogIn } from "lucide";
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { ButtonLink } from "./parts/button";
import { Empty } from "./parts/empty";
import { account } from "./session";
import { say } from "./words";

/** The way to the sign-in page, and from there back to `path`. */
export function signInThen(path: string): string {
  return `/masuk?ke=${encodeURIComponent(path)}`;
}

/** What only somebody who is signed in sees; others are led to sign in, and back. */
export function SignedIn({ children }: { children: ComponentChildren }) {
  const { url } = useLocation();
  if (account.value) return <>{children}</>;
  return (
    <Empty icon={LogIn} title={say.signInFirst}>
      <p>{say.signInWhy}</p>
      <ButtonLink href={signInThen(url)}>{say.signIn}</ButtonLink>
    </Empty>
  );
}
