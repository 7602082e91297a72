import { rupiah } from "../figures";
import { Choice, Choices } from "../parts/choice";
import { added, howMany } from "./option-words";
import { type Chosen, type Offered, toggled } from "./options";
import { say } from "./words";

type OptionChoicesProps = { listing: Offered; chosen: Chosen; onChoose: (chosen: Chosen) => void };

/** Which variant of a listing, and which of its options. */
export function OptionChoices({ listing, chosen, onChoose }: OptionChoicesProps) {
  return (
    <>
      {listing.variants.length > 1 && (
        <Choices about={say.variants}>
          {listing.variants.map((each) => (
            <Choice
              group="variant"
              isChosen={each.id === chosen.variantId}
              isDisabled={each.stock?.available === 0}
              key={each.id}
              label={each.name}
              note={rupiah(each.price)}
              onChoose={() => onChoose({ ...chosen, variantId: each.id })}
              type="radio"
            />
          ))}
        </Choices>
      )}
      {listing.optionGroups.map((group) => (
        <Choices about={`${group.name} · ${howMany(group)}`} key={group.id}>
          {group.options.map((option) => (
            <Choice
              group={group.id}
              isChosen={chosen.options.includes(option.id)}
              isDisabled={!option.isAvailable}
              key={option.id}
              label={option.name}
              note={option.priceDelta ? added(option.priceDelta) : undefined}
              onChoose={() => onChoose({ ...chosen, options: toggled(group, chosen.options, option.id) })}
              type={group.least === 1 && group.most === 1 ? "radio" : "checkbox"}
            />
          ))}
        </Choices>
      ))}
    </>
  );
}
