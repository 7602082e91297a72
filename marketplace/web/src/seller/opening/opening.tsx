import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { hundredths } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Select } from "../../ground/parts/select";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { account, ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { HostsDocument, type HostsQuery, OpenShopDocument } from "../api";
import { type District, DistrictField } from "./district-field";
import { hosts, sameRegionFirst } from "./nearest";
import { type Spot, SpotField } from "./spot-field";
import { say } from "./words";

/** A new shop, in a minute: its name, where it stands, and the co-op that will approve it. */
export default function Opening() {
  return (
    <Page backTo="/jual" title={say.open}>
      <SignedIn>
        <Asked />
      </SignedIn>
    </Page>
  );
}

function Asked() {
  const asked = useAsked(HostsDocument, {});
  return <Loaded asked={asked}>{({ cooperatives }) => <Form all={hosts(cooperatives.nodes)} />}</Loaded>;
}

function Form({ all }: { all: HostsQuery["cooperatives"]["nodes"] }) {
  const { route } = useLocation();
  const intent = useIntent();
  const [told, setTold] = useState({
    name: "",
    description: "",
    phone: account.value?.phone ?? "",
    address: "",
    landmark: "",
    cooperativeId: all.length === 1 ? (all[0]?.id ?? "") : "",
  });
  const [spot, setSpot] = useState<Spot>();
  const [district, setDistrict] = useState<District>();
  const opening = useDoing(async () => {
    if (!spot || !district) return;
    const { landmark, ...texts } = told;
    const address = landmark.trim() ? `${told.address.trim()} (${landmark.trim()})` : told.address.trim();
    const wanted = { ...texts, name: told.name.trim(), address, place: spot, regionCode: district.code };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(OpenShopDocument, { input })).openShop);
    intent.settle();
    toast(say.sent);
    route("/jual/toko", true);
  });
  const field = (name: keyof typeof told) => ({
    onChange: (value: string) => setTold((was) => ({ ...was, [name]: value })),
    value: told[name],
    wrong: opening.refused?.field(name),
  });
  const host = all.find(({ id }) => id === told.cooperativeId);
  const isReady = told.name.trim().length > 1 && told.address.trim() && host && spot && district;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void opening.run();
      }}
    >
      <Field {...field("name")} hint={say.nameHint} isRequired label={say.name} most={160} />
      <Field {...field("description")} hint={say.sellsHint} label={say.sells} most={500} />
      <SpotField onChoose={setSpot} spot={spot} wrong={opening.refused?.field("place")} />
      <DistrictField
        chosen={district}
        near={spot}
        onChoose={setDistrict}
        wrong={opening.refused?.field("regionCode")}
      />
      <Field
        {...field("address")}
        autocomplete="street-address"
        hint={say.addressHint}
        isRequired
        label={say.address}
        most={180}
      />
      <Field {...field("landmark")} hint={say.landmarkHint} label={say.landmark} most={100} />
      <Field {...field("phone")} autocomplete="tel" hint={say.phoneHint} label={say.phone} most={20} type="tel" />
      {all.length === 0 ? (
        <p>{say.noHosts}</p>
      ) : (
        <Select {...field("cooperativeId")} label={say.cooperative}>
          <option value="">{say.chooseOne}</option>
          {sameRegionFirst(all, district?.code ?? "").map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {host && <p>{say.commission(hundredths(host.commission))}</p>}
      <p>{say.cooperativeHelp}</p>
      <p>{say.later}</p>
      <Trouble refused={opening.refused} />
      <Button isBusy={opening.isRunning} isDisabled={!isReady} isWide type="submit">
        {say.open}
      </Button>
    </form>
  );
}
