import { SlidersHorizontal } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { Button, IconButton } from "../ground/parts/button";
import { Chip, Chips } from "../ground/parts/chips";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Page } from "../ground/parts/page";
import { Sheet } from "../ground/parts/sheet";
import { place } from "../ground/place";
import { useSettled } from "../ground/settled";
import { CategoriesDocument, type ListingSort, SuggestDocument } from "./api";
import { Found } from "./found";
import { say } from "./words";

type Filters = { category: string | null; sort: ListingSort; priceMost: string; isOpenNow: boolean };
const NONE: Filters = { category: null, sort: "RELEVANCE", priceMost: "", isOpenNow: false };

/** Search as you type, with what others call it below, and filters in a sheet. */
export default function Search() {
  const [text, setText] = useState(() => new URLSearchParams(location.search).get("q") ?? "");
  const [filters, setFilters] = useState(NONE);
  const [isFiltering, setFiltering] = useState(false);
  const words = useSettled(text.trim());
  const near = place.value && { lat: place.value.lat, lon: place.value.lon };
  const suggested = useAsked(SuggestDocument, words.length > 1 ? { text: words, near } : null);
  const suggestions = suggested.answer?.suggest.filter((other) => other.text !== words).slice(0, 6) ?? [];
  return (
    <Page
      backTo="/"
      end={<IconButton icon={SlidersHorizontal} name={say.filters} onPress={() => setFiltering(true)} />}
      title={say.search}
    >
      <search>
        <Field autocomplete="off" label={say.searchWhat} most={100} onChange={setText} type="search" value={text} />
      </search>
      {suggestions.length > 0 && (
        <Chips name={say.search}>
          {suggestions.map((other) => (
            <Chip isOn={false} key={other.text} onPress={() => setText(other.text)}>
              {other.text}
            </Chip>
          ))}
        </Chips>
      )}
      <Found
        isCounted={words !== ""}
        search={{
          text: words,
          near,
          category: filters.category,
          openNow: filters.isOpenNow,
          priceMax: Number.parseInt(filters.priceMost.replace(/\D/g, ""), 10) || null,
          sort: filters.sort === "DISTANCE" && !near ? "RELEVANCE" : filters.sort,
        }}
      />
      {isFiltering && <FilterSheet filters={filters} onClose={() => setFiltering(false)} onSet={setFilters} />}
    </Page>
  );
}

type FilterProps = { filters: Filters; onSet: (filters: Filters) => void; onClose: () => void };

function FilterSheet({ filters, onSet, onClose }: FilterProps) {
  const asked = useAsked(CategoriesDocument, {});
  const [top, setTop] = useState(filters.category?.split(".")[0] ?? null);
  const tops = asked.answer?.categories ?? [];
  const below = tops.find((category) => category.code === top)?.children ?? [];
  const sorts: [ListingSort, string][] = [
    ["RELEVANCE", say.byRelevance],
    ["DISTANCE", say.byDistance],
    ["PRICE", say.byPrice],
  ];
  const choose = (category: string | null) => onSet({ ...filters, category });
  return (
    <Sheet
      foot={
        <Button isWide onPress={onClose}>
          {say.show}
        </Button>
      }
      onClose={onClose}
      title={say.filters}
    >
      <Choice
        group="open"
        isChosen={filters.isOpenNow}
        label={say.openNow}
        onChoose={(isOpenNow) => onSet({ ...filters, isOpenNow })}
        type="checkbox"
      />
      <Choices about={say.sort}>
        {sorts
          .filter(([sort]) => sort !== "DISTANCE" || place.value)
          .map(([sort, label]) => (
            <Choice
              group="sort"
              isChosen={filters.sort === sort}
              key={sort}
              label={label}
              onChoose={() => onSet({ ...filters, sort })}
              type="radio"
            />
          ))}
      </Choices>
      <h3>{say.category}</h3>
      <Chips name={say.category}>
        <Chip
          isOn={top === null}
          onPress={() => {
            setTop(null);
            choose(null);
          }}
        >
          {say.everything}
        </Chip>
        {tops.map(({ code, name }) => (
          <Chip
            isOn={top === code}
            key={code}
            onPress={() => {
              setTop(code);
              choose(code);
            }}
          >
            {name}
          </Chip>
        ))}
      </Chips>
      {below.length > 0 && (
        <Choices about={say.kind}>
          {below.map(({ code, name }) => (
            <Choice
              group="category"
              isChosen={filters.category === code}
              key={code}
              label={name}
              onChoose={() => choose(code)}
              type="radio"
            />
          ))}
        </Choices>
      )}
      <Field
        inputMode="numeric"
        label={say.priceMost}
        onChange={(priceMost) => onSet({ ...filters, priceMost })}
        value={filters.priceMost}
      />
    </Sheet>
  );
}
