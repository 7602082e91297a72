import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Chip, Chips } from "./chips";

type OneOfProps<T> = {
  things: readonly T[];
  nameOf: (thing: T) => string;
  /** What they are, for a screen reader. */
  about: string;
  /** The id of the one that is shown, kept while the app is open. */
  chosen: Signal<string | undefined>;
  /** In their place where there are none. */
  none: ComponentChildren;
  children: (thing: T) => ComponentChildren;
};

/** What is shown of one of the reader's shops, co-ops, memberships; who has several chooses. */
export function OneOf<T extends { id: string }>({ things, nameOf, about, chosen, none, children }: OneOfProps<T>) {
  const shown = things.find(({ id }) => id === chosen.value) ?? things[0];
  if (!shown) return <>{none}</>;
  return (
    <>
      {things.length > 1 && (
        <Chips isWrappedWide name={about}>
          {things.map((thing) => (
            <Chip
              isOn={thing === shown}
              key={thing.id}
              onPress={() => {
                chosen.value = thing.id;
              }}
            >
              {nameOf(thing)}
            </Chip>
          ))}
        </Chips>
      )}
      <div class="stack" key={shown.id}>
        {children(shown)}
      </div>
    </>
  );
}
