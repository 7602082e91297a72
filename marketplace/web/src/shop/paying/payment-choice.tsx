import { named } from "../../ground/language";
import { Choice, Choices } from "../../ground/parts/choice";
import { Select } from "../../ground/parts/select";
import type { Payable, Paying } from "./way";
import { channels as channelWords, institutions as institutionWords, say } from "./words";

type PaymentChoiceProps = {
  paying: Paying;
  payable: Payable;
  /** When cash is paid, in words. */
  cash: string;
};

/** How an order is paid: what the node really offers for it. */
export function PaymentChoice({ paying, payable: { cash: takesCash, channels }, cash }: PaymentChoiceProps) {
  const { way, choose, institutions, institution, chooseInstitution } = paying;
  return (
    <>
      <Choices about={say.payBy}>
        <Choice
          group="payment"
          isChosen={way === "CASH"}
          isDisabled={!takesCash}
          label={takesCash ? cash : say.noCash}
          onChoose={() => choose("CASH")}
          type="radio"
        />
        {channels.map(({ channel }) => (
          <Choice
            group="payment"
            isChosen={way === channel}
            key={channel}
            label={named(channelWords, channel)}
            onChoose={() => choose(channel)}
            type="radio"
          />
        ))}
        {channels.length === 0 && <p>{say.noOnline}</p>}
      </Choices>
      {institutions.length > 1 && (
        <Select
          label={way === "VIRTUAL_ACCOUNT" ? say.bank : say.wallet}
          onChange={chooseInstitution}
          value={institution}
        >
          {institutions.map((each) => (
            <option key={each} value={each}>
              {named(institutionWords, each)}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}
