import { PiggyBank } from "lucide";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { WithdrawalsDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { WaitingWithdrawal } from "./waiting-withdrawal";
import { say } from "./words";

/** Savings that members have asked for and that are not yet paid out, in one list. */
export default function Withdrawals() {
  return (
    <Page backTo="/loket/urusan" title={common.withdrawalList}>
      <WithCooperative>{({ slug }) => <List slug={slug} />}</WithCooperative>
    </Page>
  );
}

function List({ slug }: { slug: string }) {
  const { asked, nodes, more } = usePaged(WithdrawalsDocument, ({ cooperative }) => cooperative?.savingsWithdrawals, {
    slug,
  });
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <>
            {nodes.map((each) => (
              <Card key={each.id}>
                <WaitingWithdrawal
                  onChanged={asked.again}
                  title={each.member?.account?.name || common.unnamed}
                  withdrawal={each}
                />
              </Card>
            ))}
            <More more={more} />
          </>
        ) : (
          <Empty icon={PiggyBank} title={say.noWithdrawals}>
            <p>{say.noWithdrawalsHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}
