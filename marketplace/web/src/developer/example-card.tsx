import { useState } from "preact/hooks";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Field } from "../ground/parts/field";
import { Trouble } from "../ground/parts/trouble";
import styles from "./example-card.module.css";
import type { Example, Examples } from "./examples";
import type { Running } from "./running";
import { needs, say } from "./words";

const linesOf = (text: string) => Math.min(24, text.split("\n").length + 1);

type ExampleCardProps = { example: Example; at: number; people: Examples["people"]; running: Running };

/** An example: who sends it, its query and variables to be changed, and what the node answered. */
export function ExampleCard({ example, at, people, running }: ExampleCardProps) {
  const [document, setDocument] = useState(example.document.trim());
  const [variables, setVariables] = useState(example.variables.trim());
  const came = running.came.get(at);
  const { who } = example;
  const person = people.find(({ word }) => word === who);
  return (
    <Card about={String(at + 1)}>
      <h2 lang="en">{example.name}</h2>
      <p class={styles.about} lang="en">
        {example.heading}
      </p>
      <p class={styles.marks}>
        <Badge>{person ? `${who}: ${person.who}` : who === "nobody" ? say.nobody : say.holder(who)}</Badge>
        {example.refused && (
          <Badge tone="warn">
            {say.refusal} <code>{example.refused}</code>
          </Badge>
        )}
        {example.needs.map((need) => (
          <Badge key={need} tone="warn">
            {named(needs, need)}
          </Badge>
        ))}
      </p>
      <details>
        <summary class={styles.opener}>{say.show}</summary>
        <div class={`stack ${styles.source}`}>
          <Field label={say.document} onChange={setDocument} rows={linesOf(document)} value={document} />
          <Field label={say.variables} onChange={setVariables} rows={linesOf(variables)} value={variables} />
        </div>
      </details>
      <Button isBusy={running.busy === at} onPress={() => void running.run(at, { document, variables })}>
        {say.run}
      </Button>
      <Trouble refused={came?.refused} />
      {came?.refused && <code>{came.refused.code}</code>}
      {came?.answer && (
        <section aria-label={say.answerTo(example.name, at + 1)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
          <pre class={styles.answer} tabIndex={0}>
            {JSON.stringify(came.answer, null, 2)}
          </pre>
        </section>
      )}
    </Card>
  );
}
