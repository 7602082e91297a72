import { useAsked } from "../../ground/asking";
import { named } from "../../ground/language";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { MovingSetsDocument } from "../api";
import { Upload } from "../upload";
import { WithCooperative } from "../with-cooperative";
import { type Found, FoundInFile } from "./found";
import { SetCard } from "./set-card";
import { Templates } from "./templates";
import { say, sheetNames } from "./words";

/** A co-op that moves in from its spreadsheets: tried dry with its totals, proposed, and taken in by a second officer. */
export default function Moving() {
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>{({ id, slug }) => <Sets cooperativeId={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function Sets({ cooperativeId, slug }: { cooperativeId: string; slug: string }) {
  const asked = useAsked(MovingSetsDocument, { slug });
  return (
    <div class="columns">
      <div class="stack">
        <p>{say.help}</p>
        <Templates />
      </div>
      <div class="stack">
        <h2>{say.bring}</h2>
        <p>{say.bringHelp}</p>
        <Upload<Found>
          accept=".xlsx,.csv"
          isRight={({ isProved, wasDone }) => isProved && !wasDone}
          label={say.upload}
          nameOfSheet={(sheet) => named(sheetNames, sheet)}
          onDone={asked.again}
          pathOf={({ name }) => `/moving/sets?${new URLSearchParams({ cooperative: cooperativeId, name })}`}
          take={say.propose}
        >
          {(found) => <FoundInFile found={found} />}
        </Upload>
        <h2>{say.sets}</h2>
        <Loaded asked={asked}>
          {({ cooperative }) => (
            <>
              {cooperative?.movingSets.length === 0 && <p>{say.none}</p>}
              {cooperative?.movingSets.map((set) => (
                <SetCard key={set.id} onChanged={asked.again} set={set} />
              ))}
            </>
          )}
        </Loaded>
      </div>
    </div>
  );
}
