import { say } from "./words";

/** So many stars, told as a number to who can't see them. */
export function Stars({ of }: { of: number }) {
  return (
    <>
      <span aria-hidden="true">{"★".repeat(of) + "☆".repeat(5 - of)}</span>
      <span class="unseen">{say.stars(of)}</span>
    </>
  );
}
