import { Bell, Bike, Code, FileText, Landmark, LogOut, MapPin, PiggyBank, ServerCog, Store, User } from "lucide";
import { MeDocument } from "../ground/api";
import { useAsked, useDoing } from "../ground/asking";
import { node } from "../ground/client";
import { choose, language } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button, ButtonLink } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Choice, Choices } from "../ground/parts/choice";
import { Icon } from "../ground/parts/icon";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { toast } from "../ground/parts/toast";
import { account } from "../ground/session";
import { signInThen } from "../ground/signed-in";
import { say as common } from "../ground/words";
import { ShopTabs } from "./shop-tabs";
import { say } from "./words";

/** Who is signed in, in which language, and the ways to what is his. */
export default function AccountPage() {
  const asked = useAsked(MeDocument, account.value ? {} : null);
  const leaving = useDoing(async () => {
    await node.signOut();
    toast(common.signedOut);
  });
  const viewer = asked.answer?.viewer;
  const unread = viewer?.unreadNoticeCount ?? 0;
  return (
    <Page title={say.account}>
      <Card>
        {account.value ? (
          <div>
            <h2>{account.value.name || account.value.phone}</h2>
            <p>{account.value.phone}</p>
          </div>
        ) : (
          <>
            <h2>{say.guest}</h2>
            <p>{common.signInWhy}</p>
            <ButtonLink href={signInThen("/akun")} icon={User} isWide>
              {common.signIn}
            </ButtonLink>
          </>
        )}
      </Card>
      {account.value && (
        <Rows>
          <li>
            <Row
              end={unread > 0 && <Badge tone="bad">{unread}</Badge>}
              href="/kabar"
              start={<Icon of={Bell} />}
              title={say.notices}
            />
          </li>
          <li>
            <Row href="/alamat" start={<Icon of={MapPin} />} title={say.myAddresses} />
          </li>
          {viewer?.selling.length ? (
            <li>
              <Row href="/jual" start={<Icon of={Store} />} title={say.mySelling} />
            </li>
          ) : null}
          {viewer?.offices.some(({ cooperative }) => cooperative) && (
            <li>
              <Row href="/loket" start={<Icon of={Landmark} />} title={say.myOffice} />
            </li>
          )}
          {viewer?.memberships.some(({ state }) => state === "ACTIVE") && (
            <li>
              <Row href="/anggota" start={<Icon of={PiggyBank} />} title={say.myMembership} />
            </li>
          )}
          {viewer?.offices.some(({ role }) => role === "NODE_OPERATOR") && (
            <li>
              <Row href="/pengelola" start={<Icon of={ServerCog} />} title={say.myNode} />
            </li>
          )}
          {viewer?.driving && (
            <li>
              <Row href="/antar" start={<Icon of={Bike} />} title={say.myDriving} />
            </li>
          )}
        </Rows>
      )}
      <Card>
        <Choices about={common.languageName}>
          <Choice
            group="language"
            isChosen={language.value === "id"}
            label={<span lang="id">Bahasa Indonesia</span>}
            onChoose={() => choose("id")}
            type="radio"
          />
          <Choice
            group="language"
            isChosen={language.value === "en"}
            label={<span lang="en">English</span>}
            onChoose={() => choose("en")}
            type="radio"
          />
        </Choices>
      </Card>
      <Rows>
        <li>
          <Row href="/pengembang" start={<Icon of={Code} />} title={say.forDevelopers} />
        </li>
        <li>
          <Row href="/licences.md" start={<Icon of={FileText} />} title={say.licences} />
        </li>
      </Rows>
      {account.value && (
        <Button icon={LogOut} isBusy={leaving.isRunning} isWide look="danger" onPress={() => void leaving.run()}>
          {common.signOut}
        </Button>
      )}
      <ShopTabs />
    </Page>
  );
}
