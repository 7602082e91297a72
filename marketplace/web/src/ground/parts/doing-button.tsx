import type { Doing } from "../asking";
import { Button, type ButtonProps } from "./button";
import { Trouble } from "./trouble";

type DoingButtonProps = Omit<ButtonProps, "isBusy" | "onPress" | "type"> & { doing: Doing<[]> };

/** The button that something is done by, and above it why it was not: the foot of a sheet or a form. */
export function DoingButton({ doing, isWide = true, ...button }: DoingButtonProps) {
  return (
    <>
      <Trouble refused={doing.refused} />
      <Button {...button} isBusy={doing.isRunning} isWide={isWide} onPress={() => void doing.run()} />
    </>
  );
}
