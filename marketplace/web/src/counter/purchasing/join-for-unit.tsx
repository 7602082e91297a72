import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { Loaded } from "../../ground/parts/loading";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { JoinSheet } from "../../ground/purchasing/join-sheet";
import { UnitDeskDocument, UnitsDocument } from "../api";
import { say as common } from "../words";
import type { Part, Round } from "./round-page";
import { say } from "./words";

type JoinProps = Ending & { round: Round; parts: readonly Part[]; slug: string };

/** A unit of the co-op joins for one of its items. */
export function JoinForUnit({ round, parts, slug, ...ending }: JoinProps) {
  const units = useAsked(UnitsDocument, { slug });
  const [unitId, setUnitId] = useState("");
  const [itemId, setItemId] = useState("");
  const desk = useAsked(UnitDeskDocument, unitId ? { id: unitId } : null);
  const items = desk.answer?.node?.__typename === "BusinessUnit" ? desk.answer.node.items.nodes : [];
  const held = parts.find((part) => part.itemId === itemId)?.quantity ?? 0;
  return (
    <JoinSheet {...ending} held={held} party={itemId ? { itemId } : null} round={round}>
      <Loaded asked={units}>
        {({ cooperative }) => {
          const keeping = (cooperative?.units ?? []).filter(({ kind, closedAt }) => kind.keepsStock && !closedAt);
          if (!keeping.length) return <p>{say.noUnit}</p>;
          return (
            <Select
              label={say.unit}
              onChange={(chosen) => {
                setUnitId(chosen);
                setItemId("");
              }}
              value={unitId}
            >
              <option value="">{common.chooseOne}</option>
              {keeping.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          );
        }}
      </Loaded>
      {unitId && (
        <Loaded asked={desk}>
          {() => (
            <Select label={say.item} onChange={setItemId} value={itemId}>
              <option value="">{common.chooseOne}</option>
              {items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Loaded>
      )}
    </JoinSheet>
  );
}
