import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { Choice, Choices } from "../../ground/parts/choice";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Select } from "../../ground/parts/select";
import { ask } from "../../ground/session";
import { useSettled } from "../../ground/settled";
import {
  ApplyForPurchaseLoanDocument,
  FinancingDocument,
  type FinancingQuery,
  type JobInListFragment,
  type LoanOfferFragment,
  PurchaseLoanQuoteDocument,
} from "../api";
import { say as sayUnits } from "../units/words";
import { type Membership, WithMembership } from "../with-membership";
import { Application, usualMonths } from "./application";
import { type Chosen, Goods } from "./goods";
import { Offers } from "./offers";
import { PurchaseQuote } from "./purchase-quote";
import { say } from "./words";

type Unit = NonNullable<FinancingQuery["cooperative"]>["units"][number];

/** A member asks his co-op to pay for goods of one of its units, or for a job of its workshop as estimated. */
export default function Purchase() {
  return (
    <Page backTo="/anggota/belanja" title={say.buy}>
      <WithMembership>
        {(membership) => (
          <Offers financesPurchases membership={membership}>
            {(offer, saved) => <AtUnits membership={membership} offer={offer} saved={saved} />}
          </Offers>
        )}
      </WithMembership>
    </Page>
  );
}

type AskedProps = { membership: Membership; offer: LoanOfferFragment; saved: number };

function AtUnits(props: AskedProps) {
  const { id, cooperative } = props.membership;
  const asked = useAsked(FinancingDocument, { slug: cooperative.slug, membershipId: id });
  return (
    <Loaded asked={asked}>
      {({ cooperative, node }) => {
        const units = (cooperative?.units ?? []).filter(({ closedAt }) => !closedAt);
        const cards = node?.__typename === "Membership" ? node.jobCards.nodes : [];
        const jobs = cards.filter(({ state }) => state === "ESTIMATED" || state === "WORKING");
        if (!units.length) return <p>{sayUnits.noUnits}</p>;
        return <AtUnit {...props} jobs={jobs} units={units} />;
      }}
    </Loaded>
  );
}

type AtUnitProps = AskedProps & { units: readonly Unit[]; jobs: readonly JobInListFragment[] };

function AtUnit({ membership, offer, saved, units, jobs }: AtUnitProps) {
  const { query } = useLocation();
  const isForJob = jobs.some(({ id }) => id === query.servis);
  const workshop = units.find(({ kind }) => kind.takesJobs);
  const [unitId, setUnitId] = useState(((isForJob && workshop) || units[0])?.id ?? "");
  const [jobId, setJobId] = useState(isForJob ? (query.servis ?? "") : "");
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const offered = units.find(({ id }) => id === unitId)?.kind.takesJobs ? jobs : [];
  const job = offered.find(({ id }) => id === jobId);
  const [months, setMonths] = useState(usualMonths(offer));
  const wanted = { unitId, lines: job ? [] : [...chosen], jobCardId: job?.id ?? null };
  const input = JSON.stringify({ ...wanted, productId: offer.id, months });
  const settled = useSettled(input);
  const isChosen = Boolean(job) || chosen.length > 0;
  const asked = useAsked(PurchaseLoanQuoteDocument, isChosen ? { input: JSON.parse(settled) } : null);
  const found = settled === input ? asked.answer?.purchaseLoanQuote : undefined;
  return (
    <>
      {units.length > 1 && (
        <Select
          label={say.where}
          onChange={(id) => {
            setUnitId(id);
            setChosen([]);
          }}
          value={unitId}
        >
          {units.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {offered.length > 0 && <GoodsOrJob jobId={job?.id ?? ""} jobs={offered} onChoose={setJobId} />}
      {!job && <Goods chosen={chosen} key={unitId} onChange={setChosen} unitId={unitId} />}
      <Application
        amount={found?.quote && !found.refusals.length ? found.total : null}
        cost={isChosen && <PurchaseQuote asked={asked} saved={saved} />}
        membership={membership}
        months={months}
        offer={offer}
        onMonths={setMonths}
        onSend={async (input) => thing((await ask(ApplyForPurchaseLoanDocument, { input })).applyForPurchaseLoan)}
        wanted={wanted}
      />
    </>
  );
}

type GoodsOrJobProps = { jobs: readonly JobInListFragment[]; jobId: string; onChoose: (jobId: string) => void };

function GoodsOrJob({ jobs, jobId, onChoose }: GoodsOrJobProps) {
  return (
    <Choices about={say.goodsOrJob}>
      <Choice group="what" isChosen={!jobId} label={say.goods} onChoose={() => onChoose("")} type="radio" />
      {jobs.map(({ id, number, vehicle, total }) => (
        <Choice
          group="what"
          isChosen={id === jobId}
          key={id}
          label={
            <>
              <span class="two-lines">{vehicle}</span>
              <small>
                {number} · {rupiah(total)}
              </small>
            </>
          }
          onChoose={() => onChoose(id)}
          type="radio"
        />
      ))}
    </Choices>
  );
}
