import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { Missing } from "../ground/missing";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Select } from "../ground/parts/select";
import { account } from "../ground/session";
import { ExampleCard } from "./example-card";
import { type Examples, type ExamplesPage, useExamples } from "./examples";
import type { As } from "./persons";
import { useRunning } from "./running";
import { say } from "./words";

/** One page of docs/api: its examples in their order, each to be run. */
export default function ExamplesOf() {
  const { params } = useRoute();
  const asked = useExamples();
  return (
    <Loaded asked={asked}>
      {({ people, pages }) => {
        const shown = pages.find(({ name }) => name === params.page);
        return shown ? <Shown key={shown.name} people={people} shown={shown} /> : <Missing />;
      }}
    </Loaded>
  );
}

function Shown({ shown, people }: { shown: ExamplesPage; people: Examples["people"] }) {
  const [as, setAs] = useState<As>("them");
  const running = useRunning(shown.examples, people, as);
  return (
    <Page backTo="/pengembang" isWide title={shown.title} titleIn="en">
      {account.value && (
        <Select label={say.as} onChange={(chosen) => setAs(chosen as As)} value={as}>
          <option value="them">{say.asThem}</option>
          <option value="me">{say.asMe(account.value.name)}</option>
        </Select>
      )}
      {shown.examples.map((example, at) => (
        <ExampleCard at={at} example={example} key={at} people={people} running={running} />
      ))}
    </Page>
  );
}
