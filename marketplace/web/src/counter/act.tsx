import type { IconNode } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { typed } from "../ground/figures";
import { Button, type ButtonProps } from "../ground/parts/button";
import { DoingButton } from "../ground/parts/doing-button";
import { Field } from "../ground/parts/field";
import { type Ending, Opener } from "../ground/parts/opener";
import { Select } from "../ground/parts/select";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { say } from "./words";

/** How each kind of thing is typed in. */
const KINDS = {
  text: { type: "text" },
  date: { type: "date" },
  time: { type: "time" },
  amount: { inputMode: "numeric", most: 15 },
} as const;

/** One thing that must be told before it is done; its name is the field of the API's that it becomes. */
export type Wanted<Name extends string> = {
  name: Name;
  label: string;
  type?: keyof typeof KINDS;
  /** More than one: a text of several lines. */
  rows?: number;
  most?: number;
  hint?: string;
  start?: string;
  isOptional?: boolean;
  /** Asked only while another of them is this. */
  when?: { name: Name; is: string };
  /** One of these, in the place of a text. */
  options?: readonly { value: string; name: string }[];
};

type ActProps<Name extends string> = {
  label: string;
  look?: "main" | "quiet" | "danger";
  icon?: IconNode;
  isWide?: boolean;
  /** What should be known before; with it, or with fields, a sheet opens first. */
  help?: string;
  fields?: readonly Wanted<Name>[];
  /** Carries it out, under an idempotency key that stays the same until it succeeded. */
  onDo: (told: Record<Name, string>, idempotencyKey: string) => Promise<unknown>;
  onDone: () => Promise<void> | void;
  /** What is told once it is done. */
  said?: string;
};

/** A button that does one thing of an officer's work, and asks first for what it needs to be told. */
export function Act<Name extends string = never>(props: ActProps<Name>) {
  const {
    label,
    look = "main",
    icon,
    isWide = false,
    help,
    fields = [],
    onDo,
    onDone,
    said = say.carriedOut,
  } = props;
  const intent = useIntent();
  const act = async (told: Record<Name, string>) => {
    await onDo(told, intent.key({ label, told }));
    intent.settle();
    toast(said);
  };
  const button = { look, isWide, ...(icon && { icon }) };
  if (!help && fields.length === 0) {
    return (
      <AtOnce {...button} onDo={() => act({} as Record<Name, string>)} onDone={onDone}>
        {label}
      </AtOnce>
    );
  }
  return (
    <Opener {...button} label={label} onDone={onDone}>
      {(ending) => <Telling {...ending} fields={fields} help={help} label={label} look={look} onDo={act} />}
    </Opener>
  );
}

type AtOnceProps = Pick<ButtonProps, "look" | "icon" | "isWide" | "children"> & {
  onDo: () => Promise<void>;
  onDone: () => Promise<void> | void;
};

function AtOnce({ onDo, onDone, ...button }: AtOnceProps) {
  const doing = useDoing(async () => {
    await onDo();
    await onDone();
  });
  return (
    <>
      <Button {...button} isBusy={doing.isRunning} onPress={() => void doing.run()} />
      <Trouble refused={doing.refused} />
    </>
  );
}

type TellingProps<Name extends string> = Ending &
  Required<Pick<ActProps<Name>, "label" | "look" | "fields">> & {
    help: string | undefined;
    onDo: (told: Record<Name, string>) => Promise<void>;
  };

function Telling<Name extends string>({ fields, help, label, look, onDo, onClose, onDone }: TellingProps<Name>) {
  const [told, setTold] = useState(
    () =>
      Object.fromEntries(
        fields.map(({ name, type, start = "" }) => [name, type === "amount" && start ? typed(Number(start)) : start]),
      ) as Record<Name, string>,
  );
  const doing = useDoing(async () => {
    await onDo(told);
    await onDone();
  });
  const wanted = fields.filter(({ when }) => !when || told[when.name] === when.is);
  const isLacking = wanted.some(({ name, isOptional }) => !isOptional && !told[name].trim());
  return (
    <Sheet
      foot={
        <DoingButton doing={doing} isDisabled={isLacking} look={look === "danger" ? "danger" : "main"}>
          {label}
        </DoingButton>
      }
      onClose={onClose}
      title={label}
    >
      {help && <p>{help}</p>}
      {wanted.map(({ name, options, type = "text", isOptional, start: _, when: __, ...field }) => {
        const given = {
          label: isOptional ? say.optional(field.label) : field.label,
          value: told[name],
          onChange: (value: string) => setTold((was) => ({ ...was, [name]: value })),
          wrong: doing.refused?.field(name),
        };
        if (options) {
          return (
            <Select key={name} {...given}>
              <option value="">{say.chooseOne}</option>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.name}
                </option>
              ))}
            </Select>
          );
        }
        return <Field autocomplete="off" key={name} {...field} {...KINDS[type]} {...given} />;
      })}
    </Sheet>
  );
}
