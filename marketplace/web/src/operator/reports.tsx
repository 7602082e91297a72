import { Flag, Star } from "lucide";
import { useState } from "preact/hooks";
import { thing } from "../ground/client";
import { time } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { ask } from "../ground/session";
import { AnswerAppealDocument, LetStandDocument, ReportsDocument, type ReportsQuery, TakeOffDocument } from "./api";
import { ForOperator } from "./for-operator";
import { OperatorTabs } from "./operator-tabs";
import { say as ratings } from "./ratings/words";
import { ReasonSheet } from "./reason-sheet";
import { reportReasons, say } from "./words";

type Report = ReportsQuery["listingReports"]["nodes"][number];
type Answer = "takeOff" | "letStand" | "liftIt" | "keepIt";

/** What buyers report of listings, and the operator's answers. */
export default function Reports() {
  return (
    <Page isWide title={say.reports}>
      <ForOperator>
        <Rows>
          <li>
            <Row
              href="/pengelola/laporan/penilaian"
              note={ratings.note}
              start={<Icon of={Star} />}
              title={ratings.title}
            />
          </li>
        </Rows>
        <List />
      </ForOperator>
      <OperatorTabs />
    </Page>
  );
}

function List() {
  const { asked, nodes, more } = usePaged(ReportsDocument, ({ listingReports }) => listingReports);
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <>
            {nodes.map((report) => (
              <ReportCard key={report.id} onChanged={asked.again} report={report} />
            ))}
            <More more={more} />
          </>
        ) : (
          <Empty icon={Flag} title={say.noReports}>
            <p>{say.noReportsHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}

function ReportCard({ report, onChanged }: { report: Report; onChanged: () => Promise<void> }) {
  const [answering, setAnswering] = useState<Answer>();
  const { listing } = report;
  const appealed = listing?.suspensions.find(({ appeal, answer }) => appeal && !answer);
  const answer = async (text: string) => {
    if (!listing || !answering) return;
    const { id } = listing;
    if (answering === "takeOff") thing((await ask(TakeOffDocument, { input: { id, reason: text } })).suspendListing);
    else if (answering === "letStand")
      thing((await ask(LetStandDocument, { input: { id, answer: text } })).dismissListingReports);
    else {
      const input = { id, answer: text, isLifted: answering === "liftIt" };
      thing((await ask(AnswerAppealDocument, { input })).answerAppeal);
    }
    await onChanged();
  };
  return (
    <Card about={[listing?.title, time(report.reportedAt)].filter(Boolean).join(", ")}>
      <div class="apart">
        <h2 class="two-lines">{listing?.title ?? "–"}</h2>
        {report.decidedAt && (
          <span>
            <Badge tone={report.isUpheld ? "bad" : "good"}>{report.isUpheld ? say.upheld : say.dismissed}</Badge>
          </span>
        )}
      </div>
      {listing && <p>{say.of(listing.seller.name)}</p>}
      <p>{say.reported(named(reportReasons, report.reason), time(report.reportedAt))}</p>
      {report.text && <p class="three-lines">{say.reporterSays(report.text)}</p>}
      {report.answer && <p>{say.yourAnswer(report.answer)}</p>}
      {appealed?.appeal && <p>{say.appeal(appealed.appeal)}</p>}
      {listing && !report.decidedAt && (
        <div class="beside">
          <Button look="danger" onPress={() => setAnswering("takeOff")}>
            {say.takeOff}
          </Button>
          <Button look="quiet" onPress={() => setAnswering("letStand")}>
            {say.letStand}
          </Button>
        </div>
      )}
      {appealed && (
        <div class="beside">
          <Button look="quiet" onPress={() => setAnswering("liftIt")}>
            {say.liftIt}
          </Button>
          <Button look="danger" onPress={() => setAnswering("keepIt")}>
            {say.keepIt}
          </Button>
        </div>
      )}
      {answering && (
        <ReasonSheet
          help={answering === "letStand" ? say.letStandHelp : say.takeOffHelp}
          isDanger={answering === "takeOff" || answering === "keepIt"}
          label={answering === "takeOff" ? say.why : say.answer}
          onClose={() => setAnswering(undefined)}
          onDo={answer}
          title={say[answering]}
        />
      )}
    </Card>
  );
}
