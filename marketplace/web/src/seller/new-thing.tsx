import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { numberIn } from "../ground/figures";
import { named } from "../ground/language";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Select } from "../ground/parts/select";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { units } from "../ground/values";
import {
  CategoriesDocument,
  type CategoriesQuery,
  CreateListingDocument,
  MenuDocument,
  type OfferedFragment,
} from "./api";
import { sendPhoto } from "./photo";
import { PhotoField } from "./photo-field";
import { type Shop, WithShop } from "./with-shop";
import { say } from "./words";

type Root = CategoriesQuery["categories"][number];

/** What is sold from a menu; transport has terms of its own. */
const KINDS = ["FOOD", "GOODS", "SERVICE"] as const;
const UNITS = [
  "PORTION",
  "PIECE",
  "PACK",
  "BOX",
  "BOTTLE",
  "BUNCH",
  "KILOGRAM",
  "HUNDRED_GRAMS",
  "LITRE",
  "TRAY",
  "SACK",
  "SESSION",
  "HOUR",
  "DAY",
] as const;
type Kind = (typeof KINDS)[number];
type Unit = (typeof UNITS)[number];

function kindOf(root: Root | undefined): Kind | undefined {
  return KINDS.find((kind) => kind === root?.kind);
}

/** Something new on the menu: a photo, a name, a price, and it is on sale; a service at the times that follow. */
export default function NewThing() {
  return (
    <Page backTo="/jual/menu" title={say.newThing}>
      <WithShop>{(shop) => <Asked shop={shop} />}</WithShop>
    </Page>
  );
}

/** The form begins as what was listed before it. */
function Asked({ shop }: { shop: Shop }) {
  const categories = useAsked(CategoriesDocument, {});
  const menu = useAsked(MenuDocument, { id: shop.id });
  return (
    <Loaded asked={menu}>
      {({ node }) => {
        const listed = node?.__typename === "Seller" ? node.listings.nodes : [];
        const last = listed.at(-1);
        return (
          <Loaded asked={categories}>
            {({ categories: roots }) => {
              const offered = roots.filter((root) => kindOf(root));
              const first = onlyCategory(listed) ?? "";
              return <Form first={first} roots={offered} shop={shop} unit={last?.variants[0]?.unit} />;
            }}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

/** The category of a shop that sells under one alone: who sells several things chooses. */
function onlyCategory(listed: readonly OfferedFragment[]): string | undefined {
  const codes = new Set(listed.map(({ category }) => category?.code));
  return codes.size === 1 ? [...codes][0] : undefined;
}

type Leaf = { code: string; name: string };

/** The categories that a thing may be put under, those below in the place of what is divided further. */
function leavesOf(root: Root | undefined): Leaf[] {
  return (root?.children ?? []).flatMap((each) => (each.children.length ? each.children : [each]));
}

type FormProps = { shop: Shop; roots: Root[]; first: string; unit: string | undefined };

function Form({ shop, roots, first, unit: usual }: FormProps) {
  const { route } = useLocation();
  const intent = useIntent();
  const [photo, setPhoto] = useState<Blob>();
  const [title, setTitle] = useState("");
  const [price, setPrice] = useState("");
  const [stock, setStock] = useState("");
  const [category, setCategory] = useState(first);
  const [chosenUnit, setUnit] = useState<Unit>();
  const [description, setDescription] = useState("");
  const kind = kindOf(roots.find((root) => category === root.code || category.startsWith(`${root.code}.`)));
  const unit = chosenUnit ?? (kind === "SERVICE" ? "SESSION" : (UNITS.find((each) => each === usual) ?? "PORTION"));
  const amount = numberIn(price);
  const onHand = numberIn(stock);
  const creating = useDoing(async () => {
    if (!kind || typeof amount !== "number") return;
    const wanted = {
      sellerId: shop.id,
      kind,
      title: title.trim(),
      description: description.trim(),
      categoryCode: category,
      variants: [{ name: "", unit, price: amount, onHand: kind === "SERVICE" ? null : (onHand ?? null) }],
      isPublished: true,
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const made = thing((await ask(CreateListingDocument, { input })).createListing);
    // Pressed again after a photo was lost, the same intent finds what it made.
    if (photo) await sendPhoto(photo, made.id, wanted.title);
    intent.settle();
    toast(say.onSale);
    route(kind === "SERVICE" ? `/jual/jadwal/${made.id}` : "/jual/menu", true);
  });
  const isReady = title.trim().length > 1 && typeof amount === "number" && onHand !== undefined && kind;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void creating.run();
      }}
    >
      <PhotoField onChoose={setPhoto} />
      <Field
        hint={say.titleHint}
        isRequired
        label={say.title}
        most={160}
        onChange={setTitle}
        value={title}
        wrong={creating.refused?.field("title")}
      />
      <Field
        inputMode="numeric"
        isRequired
        label={say.price}
        most={15}
        onChange={setPrice}
        value={price}
        wrong={creating.refused?.field("price")}
      />
      <Select label={say.per} onChange={(chosen) => setUnit(chosen as Unit)} value={unit}>
        {UNITS.map((each) => (
          <option key={each} value={each}>
            {named(units, each)}
          </option>
        ))}
      </Select>
      <Select
        label={say.category}
        onChange={setCategory}
        value={category}
        wrong={creating.refused?.field("categoryCode")}
      >
        {!first && (
          <option disabled value="">
            {say.choose}
          </option>
        )}
        {roots.map((root) => (
          <optgroup key={root.code} label={root.name}>
            {leavesOf(root).map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      {kind !== "SERVICE" && (
        <Field
          hint={say.stockHint}
          inputMode="numeric"
          label={say.stock}
          most={10}
          onChange={setStock}
          value={stock}
          wrong={creating.refused?.field("onHand")}
        />
      )}
      <Field label={say.description} most={4000} onChange={setDescription} rows={2} value={description} />
      <Trouble refused={creating.refused} />
      <Button isBusy={creating.isRunning} isDisabled={!isReady} isWide type="submit">
        {say.sell}
      </Button>
    </form>
  );
}
