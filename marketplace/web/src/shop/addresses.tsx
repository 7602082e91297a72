import { MapPin, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { Button, IconButton } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { account, ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { addressLine } from "./address";
import { AddressForm } from "./address-form";
import { AddressesDocument, RemoveAddressDocument } from "./api";
import { say } from "./words";

/** The addresses that somebody keeps. */
export default function Addresses() {
  const asked = useAsked(AddressesDocument, account.value ? {} : null);
  const [isAdding, setAdding] = useState(false);
  const removing = useDoing(async (id: string) => {
    thing((await ask(RemoveAddressDocument, { id })).removeAddress);
    toast(say.removed);
    await asked.again();
  });
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
                          onPress={() => void removing.run(address.id)}
                        />
                      }
                      note={`${address.recipient} · ${addressLine(address)}`}
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
        <Trouble refused={removing.refused} />
        <Button icon={Plus} isWide look="quiet" onPress={() => setAdding(true)}>
          {say.addAddress}
        </Button>
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
