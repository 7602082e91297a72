import type { ComponentChildren } from "preact";
import { Badge } from "../ground/parts/badge";
import { Card } from "../ground/parts/card";
import { say } from "./words";

type OfferedProductProps = { product: { name: string; isRetired: boolean }; children: ComponentChildren };

/** A product of the co-op's for its members (savings, a loan), with whether it is still offered. */
export function OfferedProduct({ product: { name, isRetired }, children }: OfferedProductProps) {
  return (
    <Card about={name}>
      <div class="apart">
        <h2>{name}</h2>
        <span>
          <Badge tone={isRetired ? "calm" : "good"}>{isRetired ? say.retired : say.offered}</Badge>
        </span>
      </div>
      {children}
    </Card>
  );
}
