import { ListChecks } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { FileButton } from "../../ground/parts/file-button";
import { FilePicker } from "../../ground/parts/file-picker";
import { Page } from "../../ground/parts/page";
import { Trouble } from "../../ground/parts/trouble";
import { type Shop, WithShop } from "../with-shop";
import { FoundCard } from "./found";
import { type Found, keyOf, pictured, sendList, sendPictures } from "./list";
import { say } from "./words";

type Chosen = { file: File; found: Found };

/** Many things at once from a spreadsheet: looked at row by row first, then taken as a whole. */
export default function PriceList() {
  return (
    <Page backTo="/jual/menu" title={say.title}>
      <WithShop>{(shop) => <Taking key={shop.id} shop={shop} />}</WithShop>
    </Page>
  );
}

function Taking({ shop }: { shop: Shop }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [photos, setPhotos] = useState<ReadonlyMap<string, File>>(new Map());
  const [done, setDone] = useState<{ found: Found; lost: string[] }>();
  const [sending, setSending] = useState(0);
  const looking = useDoing(async (file: File) => {
    setChosen(undefined);
    setDone(undefined);
    setChosen({ file, found: await sendList(file, shop.id, true) });
  });
  const saving = useDoing(async ({ file }: Chosen) => {
    const found = await sendList(file, shop.id, false);
    if (!found.isWritten) return setChosen({ file, found }); // the menu was changed meanwhile
    const lost = await sendPictures(pictured(found.things, photos), setSending);
    setSending(0);
    setDone({ found, lost });
  });
  const found = chosen?.found;
  const isRight = found && found.refusals.length === 0;
  const toSave = found ? found.created + found.changed : 0;
  const toSend = pictured(found?.things ?? [], photos).length;
  if (done) return <Done {...done} />;
  return (
    <>
      {!chosen && (
        <Card>
          <p>{say.how}</p>
          <FileButton path={`/exports/menu.xlsx?seller=${encodeURIComponent(shop.id)}`}>{say.fetch}</FileButton>
          <p>{say.fetchHelp}</p>
          <FileButton look="plain" path={`/exports/menu.csv?seller=${encodeURIComponent(shop.id)}`}>
            {say.asCsv}
          </FileButton>
        </Card>
      )}
      {chosen && <FoundCard found={chosen.found} name={chosen.file.name} />}
      {isRight && <Photos found={chosen.found} onChoose={setPhotos} photos={photos} />}
      {isRight && toSave + toSend === 0 && (
        <Empty icon={ListChecks} title={say.nothing}>
          <p>{say.nothingHelp}</p>
        </Empty>
      )}
      <Trouble refused={looking.refused ?? saving.refused} />
      {isRight && toSave + toSend > 0 && (
        <Button isBusy={saving.isRunning} isWide onPress={() => void saving.run(chosen)}>
          {say.save(toSave || toSend)}
        </Button>
      )}
      {sending > 0 && <p role="status">{say.sending(sending, toSend)}</p>}
      <FilePicker
        accept=".xlsx,.csv"
        isBusy={looking.isRunning}
        label={chosen ? say.pickAnother : say.pick}
        onPick={(file) => void looking.run(file)}
      />
    </>
  );
}

type PhotosProps = {
  found: Found;
  photos: ReadonlyMap<string, File>;
  onChoose: (next: (was: ReadonlyMap<string, File>) => ReadonlyMap<string, File>) => void;
};

/** The pictures that the list names, from this device. */
function Photos({ found, photos, onChoose }: PhotosProps) {
  const named = found.things.filter(({ photo }) => photo !== null);
  if (named.length === 0) return null;
  return (
    <Card>
      <h2>{say.photos(pictured(named, photos).length, named.length)}</h2>
      <p>{say.photosHelp}</p>
      <FilePicker
        accept="image/jpeg,image/png,image/webp"
        isBusy={false}
        isSeveral
        label={say.pickPhotos}
        onPick={(file) => onChoose((was) => new Map([...was, [keyOf(file.name), file]]))}
      />
    </Card>
  );
}

function Done({ found, lost }: { found: Found; lost: string[] }) {
  return (
    <Empty icon={ListChecks} title={say.saved(found.created, found.changed)}>
      {lost.length > 0 && <p role="alert">{say.lost(lost.join(", "))}</p>}
      <ButtonLink href="/jual/menu" isWide>
        {say.toMenu}
      </ButtonLink>
    </Empty>
  );
}
