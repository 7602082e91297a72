import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { Loaded } from "../../ground/parts/loading";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { JoinSheet } from "../../ground/purchasing/join-sheet";
import { UnitsDocument } from "../api";
import { useChoosable } from "../units/choosable";
import { say as common } from "../words";
import type { Part, Round } from "./round-page";
import { say } from "./words";

type JoinProps = Ending & { round: Round; parts: readonly Part[]; slug: string };

/** A unit of the co-op joins for one of its items. */
export function JoinForUnit({ round, parts, slug, ...ending }: JoinProps) {
  const units = useAsked(UnitsDocument, { slug });
  const [unitId, setUnitId] = useState("");
  const [itemId, setItemId] = useState("");
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
      {unitId && <Items itemId={itemId} key={unitId} onChoose={setItemId} unitId={unitId} />}
    </JoinSheet>
  );
}

type ItemsProps = { unitId: string; itemId: string; onChoose: (itemId: string) => void };

function Items({ unitId, itemId, onChoose }: ItemsProps) {
  const { asked, items } = useChoosable(unitId);
  return (
    <Loaded asked={asked}>
      {() => (
        <Select label={say.item} onChange={onChoose} value={itemId}>
          <option value="">{common.chooseOne}</option>
          {items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Loaded>
  );
}
