import { FileText } from "lucide";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { useExamples } from "./examples";
import { say } from "./words";

/** The pages of docs/api, and who of the sample town runs what is on them. */
export default function Pages() {
  const asked = useExamples();
  return (
    <Page backTo="/akun" isWide title={say.title}>
      <p>{say.intro}</p>
      <Loaded asked={asked}>
        {({ people, pages }) => (
          <>
            <h2>{say.pages}</h2>
            <Rows>
              {pages.map(({ name, title, about, examples }) => (
                <li key={name}>
                  <Row
                    end={say.count(examples.length)}
                    href={`/pengembang/${name}`}
                    note={<span lang="en">{about}</span>}
                    title={<span lang="en">{title}</span>}
                  />
                </li>
              ))}
            </Rows>
            <h2>{say.people}</h2>
            <Rows>
              {people.map(({ word, who, phone }) => (
                <li key={word}>
                  <Row note={phone} title={<span lang="en">{who}</span>} />
                </li>
              ))}
            </Rows>
          </>
        )}
      </Loaded>
      <Rows>
        <li>
          <Row href="/schema.graphql" start={<Icon of={FileText} />} title={say.schema} />
        </li>
      </Rows>
    </Page>
  );
}
