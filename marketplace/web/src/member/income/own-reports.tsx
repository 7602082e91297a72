import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, monthFrom, today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { OwnReportsDocument, ReportIncomeDocument, WithdrawIncomeDocument } from "../api";
import { say } from "./words";

type OwnReportsProps = { membershipId: string; onChanged: () => Promise<void> };

/** What a member reported of other platforms, each to be taken back; and one more. */
export function OwnReports({ membershipId, onChanged }: OwnReportsProps) {
  const asked = useAsked(OwnReportsDocument, { id: membershipId });
  const intent = useIntent();
  const changed = () => Promise.all([asked.again(), onChanged()]);
  const withdrawing = useDoing(async (reportId: string) => {
    const input = { reportId, idempotencyKey: intent.key({ reportId }) };
    thing((await ask(WithdrawIncomeDocument, { input })).withdrawPlatformIncome);
    intent.settle();
    toast(say.takenBack);
    await changed();
  });
  return (
    <Card>
      <h2>{say.reports}</h2>
      <Loaded asked={asked}>
        {({ node }) =>
          node?.__typename === "Membership" &&
          node.platformIncome
            .filter(({ isWithdrawn }) => !isWithdrawn)
            .map((report) => (
              <div class="stack" key={report.id}>
                <p class="apart">
                  <span>
                    {report.platform}
                    <br />
                    <small>{say.between(dateName(report.firstOn), dateName(report.lastOn))}</small>
                  </span>
                  <span>{rupiah(report.amount)}</span>
                </p>
                <Button isBusy={withdrawing.isRunning} look="plain" onPress={() => void withdrawing.run(report.id)}>
                  {say.takeBack(report.platform)}
                </Button>
              </div>
            ))
        }
      </Loaded>
      <Trouble refused={withdrawing.refused} />
      <Opener isWide label={say.report} look="quiet" onDone={changed}>
        {(ending) => <ReportSheet membershipId={membershipId} {...ending} />}
      </Opener>
    </Card>
  );
}

type ReportSheetProps = Ending & { membershipId: string };

function ReportSheet({ membershipId, onClose, onDone }: ReportSheetProps) {
  const [told, setTold] = useState({ platform: "", firstOn: monthFrom(today(), 0), lastOn: today(), amount: "" });
  const intent = useIntent();
  const amount = numberIn(told.amount);
  const reporting = useDoing(async () => {
    const wanted = { membershipId, ...told, amount: amount ?? 0 };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(ReportIncomeDocument, { input })).reportPlatformIncome);
    intent.settle();
    toast(say.reported);
    await onDone();
  });
  const wrong = (path: string) => reporting.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.report}>
      <p>{say.reportHelp}</p>
      <Field
        label={say.platform}
        most={60}
        onChange={(platform) => setTold((was) => ({ ...was, platform }))}
        value={told.platform}
        wrong={wrong("platform")}
      />
      <Field
        label={say.from}
        onChange={(firstOn) => setTold((was) => ({ ...was, firstOn }))}
        type="date"
        value={told.firstOn}
        wrong={wrong("firstOn")}
      />
      <Field
        label={say.to}
        onChange={(lastOn) => setTold((was) => ({ ...was, lastOn }))}
        type="date"
        value={told.lastOn}
        wrong={wrong("lastOn")}
      />
      <Field
        inputMode="numeric"
        label={say.amount}
        most={15}
        onChange={(typed) => setTold((was) => ({ ...was, amount: typed }))}
        value={told.amount}
        wrong={wrong("amount")}
      />
      <Trouble refused={reporting.refused} />
      <Button
        isBusy={reporting.isRunning}
        isDisabled={!told.platform.trim() || !amount}
        isWide
        onPress={() => void reporting.run()}
      >
        {say.send}
      </Button>
    </Sheet>
  );
}
