import { Choice, Choices } from "../ground/parts/choice";
import type { PaymentMethod } from "./api";
import { say } from "./words";

type PaymentChoiceProps = {
  payment: PaymentMethod;
  /** Which of them the shops take. */
  takes: { cash: boolean; online: boolean };
  /** When cash is paid, in words. */
  cash: string;
  onChoose: (method: PaymentMethod) => void;
};

/** How an order is paid; what its shops don't take can't be chosen. */
export function PaymentChoice({ payment, takes, cash, onChoose }: PaymentChoiceProps) {
  return (
    <Choices about={say.payBy}>
      <Choice
        group="payment"
        isChosen={payment === "CASH"}
        isDisabled={!takes.cash}
        label={takes.cash ? cash : say.noCash}
        onChoose={() => onChoose("CASH")}
        type="radio"
      />
      <Choice
        group="payment"
        isChosen={payment === "ONLINE"}
        isDisabled={!takes.online}
        label={takes.online ? say.online : say.noOnline}
        onChoose={() => onChoose("ONLINE")}
        type="radio"
      />
    </Choices>
  );
}
