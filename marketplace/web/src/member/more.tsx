import { BookOpenCheck, FileBadge, IdCard, PieChart, ShieldCheck, Wrench } from "lucide";
import { Icon } from "../ground/parts/icon";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { SignedIn } from "../ground/signed-in";
import { MemberTabs } from "./member-tabs";
import { say } from "./words";

/** What else a member has with his co-op, each with a page of its own. */
export default function More() {
  const places = [
    { href: "/anggota/shu", icon: PieChart, title: say.surplus, note: say.surplusNote },
    { href: "/anggota/perlindungan", icon: ShieldCheck, title: say.protection, note: say.protectionNote },
    { href: "/anggota/belanja", icon: Wrench, title: say.purchases, note: say.purchasesNote },
    { href: "/anggota/penghasilan", icon: FileBadge, title: say.income, note: say.incomeNote },
    { href: "/anggota/buku", icon: BookOpenCheck, title: say.books, note: say.booksNote },
    { href: "/anggota/data", icon: IdCard, title: say.register, note: say.registerNote },
  ];
  return (
    <Page title={say.others}>
      <SignedIn>
        <Rows>
          {places.map(({ icon, ...place }) => (
            <li key={place.href}>
              <Row {...place} start={<Icon of={icon} />} />
            </li>
          ))}
        </Rows>
      </SignedIn>
      <MemberTabs />
    </Page>
  );
}
