import { useAsked } from "../../ground/asking";
import { dateName } from "../../ground/days";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { RegisterDocument, type RegisterEntryFragment } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { DetailsSheet } from "./details-sheet";
import { HeirsSheet } from "./heirs-sheet";
import { categories, rights, say, sexes } from "./words";

export type Entry = RegisterEntryFragment;
type Shown = { entry: Entry; onChanged: () => Promise<void> };

/** What the register says of a member, whom he named as heirs, and all of it to take home. */
export default function Register() {
  return (
    <Page backTo="/anggota/lainnya" title={say.title}>
      <WithMembership>{(membership) => <Mine membership={membership} />}</WithMembership>
    </Page>
  );
}

function Mine({ membership }: { membership: Membership }) {
  const asked = useAsked(RegisterDocument, { id: membership.id });
  return (
    <Loaded asked={asked}>
      {({ node }) =>
        node?.__typename === "Membership" && (
          <>
            <Standing entry={node} />
            <Details entry={node} onChanged={asked.again} />
            <Heirs entry={node} onChanged={asked.again} />
            <Card>
              <h2>{say.takeHome}</h2>
              <p>{say.takeHomeHelp}</p>
              <FileButton path="/register/my-data.json">{say.download}</FileButton>
            </Card>
          </>
        )
      }
    </Loaded>
  );
}

function Standing({ entry }: { entry: Entry }) {
  const { standing } = entry;
  return (
    <Card>
      <h2>{say.membership}</h2>
      <Facts
        facts={[
          { name: say.category, is: named(categories, entry.category) },
          ...(entry.joinedOn ? [{ name: say.joined, is: dateName(entry.joinedOn) }] : []),
        ]}
      />
      <p>{say.rights(entry.rights.map((right) => named(rights, right)).join(", "))}</p>
      {standing && (
        <>
          <p>
            <Badge tone={standing.isActive ? "good" : "warn"}>{standing.isActive ? say.active : say.inactive}</Badge>
          </p>
          <p>{say.activity(standing.transactions, standing.arrearsMonths)}</p>
        </>
      )}
      {entry.expulsions.length > 0 && (
        <ButtonLink href="/anggota/perkara" isWide look="quiet">
          {say.cases}
        </ButtonLink>
      )}
    </Card>
  );
}

/** A long number in groups, so that it is read and broken between them. */
function inFours(number: string): string {
  return number.replace(/(.{4})(?=.)/g, "$1 ");
}

function Details({ entry, onChanged }: Shown) {
  const { details } = entry;
  const facts = details
    ? [
        { name: say.name, is: details.name },
        { name: say.nationalIdRead, is: inFours(details.nationalId) },
        { name: say.birthPlace, is: details.birthPlace },
        { name: say.bornOn, is: details.bornOn ? dateName(details.bornOn) : "" },
        { name: say.sex, is: details.sex ? named(sexes, details.sex) : "" },
        { name: say.address, is: details.address },
        { name: say.occupation, is: details.occupation },
      ].filter(({ is }) => is)
    : [];
  return (
    <Card>
      <h2>{say.details}</h2>
      {facts.length ? <Facts facts={facts} /> : <p>{say.noDetails}</p>}
      <Opener isWide label={say.edit} look="quiet" onDone={onChanged}>
        {(ending) => <DetailsSheet entry={entry} {...ending} />}
      </Opener>
    </Card>
  );
}

function Heirs({ entry, onChanged }: Shown) {
  return (
    <Card>
      <h2>{say.heirs}</h2>
      <p>{say.heirsHelp}</p>
      {entry.heirs.length === 0 && <p>{say.noHeirs}</p>}
      <ul class="stack">
        {entry.heirs.map(({ name, relation, phone }) => (
          <li key={name + relation}>
            {name}
            <br />
            <small>{[relation, phone].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
      <Opener isWide label={say.editHeirs} look="quiet" onDone={onChanged}>
        {(ending) => <HeirsSheet entry={entry} {...ending} />}
      </Opener>
    </Card>
  );
}
