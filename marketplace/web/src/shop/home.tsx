import { ChevronDown, MapPin, Search } from "lucide";
import { useState } from "preact/hooks";
import { Chip, Chips } from "../ground/parts/chips";
import { Icon } from "../ground/parts/icon";
import { Page } from "../ground/parts/page";
import { place, settle } from "../ground/place";
import { Found } from "./found";
import styles from "./home.module.css";
import { KIND_ICONS } from "./listing-row";
import { PlaceSheet } from "./place-sheet";
import { ShopTabs } from "./shop-tabs";
import { say } from "./words";

const KINDS = ["FOOD", "GOODS", "SERVICE"] as const;
type Kind = (typeof KINDS)[number];

function named(kind: Kind): string {
  return { FOOD: say.food, GOODS: say.goods, SERVICE: say.service }[kind];
}

/** What is near, to look through without a word typed. */
export default function Home() {
  const [isChoosing, setChoosing] = useState(false);
  const [kind, setKind] = useState<Kind | null>(null);
  const [isOpenNow, setOpenNow] = useState(false);
  const near = place.value && { lat: place.value.lat, lon: place.value.lon };
  const where = place.value ? place.value.name || say.hereName : say.chooseplace;
  return (
    <Page
      title="Lumbung"
      top={
        <div class={styles.hero}>
          <div class={styles.inside}>
            <button class={styles.place} onClick={() => setChoosing(true)} type="button">
              <Icon of={MapPin} size={20} />
              <span class={styles.where}>
                {say.deliverTo} <strong>{where}</strong>
              </span>
              <Icon of={ChevronDown} size={20} />
            </button>
            <a class={styles.search} href="/cari">
              <Icon of={Search} size={20} />
              {say.searchHint}
            </a>
          </div>
        </div>
      }
    >
      <Chips name={say.filters}>
        <Chip isOn={isOpenNow} onPress={() => setOpenNow(!isOpenNow)}>
          {say.openNow}
        </Chip>
        {KINDS.map((each) => (
          <Chip isOn={kind === each} key={each} onPress={() => setKind(kind === each ? null : each)}>
            <Icon of={KIND_ICONS[each]} size={20} />
            {named(each)}
          </Chip>
        ))}
      </Chips>
      <h2>{say.near}</h2>
      <Found search={{ near, kind, openNow: isOpenNow, sort: near ? "DISTANCE" : "RELEVANCE" }} />
      {isChoosing && (
        <PlaceSheet
          onChoose={(chosen) => {
            settle(chosen);
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
          title={say.where}
        />
      )}
      <ShopTabs />
    </Page>
  );
}
