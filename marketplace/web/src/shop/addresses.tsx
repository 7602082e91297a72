import { MapPin, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { Button, IconButton } from "../ground/parts/button";
import { DoingButton } from "../ground/parts/doing-button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { account, ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { addressLine } from "./address";
import { AddressForm } from "./address-form";
import { AddressesDocument, type AddressWholeFragment, RemoveAddressDocument } from "./api";
import { say } from "./words";

/** The addresses that somebody keeps. */
export default function Addresses() {
  const asked = useAsked(AddressesDocument, account.value ? {} : null);
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<AddressWholeFragment>();
  return (
    <Page backTo="/akun" title={say.myAddresses}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ viewer }) =>
            viewer?.addresses.length ? (
              <Rows>
                {viewer.addresses.map((address) => (
                  <li key={address.id}>
                    <Row
                      end={
                        <IconButton
                          icon={Trash2}
                          name={`${say.remove}: ${address.label || address.street}`}
                          onPress={() => setLeaving(address)}
                        />
                      }
                      note={noteOf(address)}
                      title={address.label || address.street}
                    />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={MapPin} title={say.addAddress} />
            )
          }
        </Loaded>
        <Button icon={Plus} isWide look="quiet" onPress={() => setAdding(true)}>
          {say.addAddress}
        </Button>
        {leaving && <RemoveSheet address={leaving} onChanged={asked.again} onClose={() => setLeaving(undefined)} />}
        {isAdding && (
          <Sheet onClose={() => setAdding(false)} title={say.newAddress}>
            <AddressForm
              onSaved={() => {
                setAdding(false);
                toast(say.addressSaved);
                void asked.again();
              }}
            />
          </Sheet>
        )}
      </SignedIn>
    </Page>
  );
}

/** Who receives there, and the rest of it below its title: the street where that is not the title already. */
function noteOf(address: AddressWholeFragment): string {
  const rest = addressLine(address.label ? address : { ...address, street: "" });
  return [address.recipient, rest.trim()].filter(Boolean).join(" · ");
}

type RemoveSheetProps = { address: AddressWholeFragment; onChanged: () => Promise<void>; onClose: () => void };

/** Asked before an address goes: the button stands where a thumb slips. */
function RemoveSheet({ address, onChanged, onClose }: RemoveSheetProps) {
  const removing = useDoing(async () => {
    thing((await ask(RemoveAddressDocument, { id: address.id })).removeAddress);
    toast(say.removed);
    onClose();
    await onChanged();
  });
  return (
    <Sheet onClose={onClose} title={say.removeAddress}>
      <p>{addressLine(address)}</p>
      <DoingButton doing={removing} look="danger">
        {say.remove}
      </DoingButton>
    </Sheet>
  );
}
