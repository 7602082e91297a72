import { Download } from "lucide";
import { useDoing } from "../../ground/asking";
import { keep } from "../../ground/files";
import { FileButton } from "../../ground/parts/file-button";
import { Icon } from "../../ground/parts/icon";
import { Row, Rows } from "../../ground/parts/row";
import { Trouble } from "../../ground/parts/trouble";
import { say, sheetNames, sheetNotes } from "./words";

/** The sheets that the node takes, by the names that it knows them by. */
const SHEETS = ["anggota", "simpanan", "simpanan_berjangka", "pinjaman", "persediaan", "neraca_saldo"] as const;

/** The sheets to fill in: all in one file, or each by itself. */
export function Templates() {
  const keeping = useDoing((sheet: string) => keep(`/moving/template.xlsx?${new URLSearchParams({ sheet })}`));
  return (
    <>
      <h2>{say.sheets}</h2>
      <FileButton path="/moving/template.xlsx">{say.template}</FileButton>
      <p>{say.sheetsHelp}</p>
      <Rows>
        {SHEETS.map((sheet) => (
          <li key={sheet}>
            <Row
              note={sheetNotes[sheet]}
              onPress={() => void keeping.run(sheet)}
              start={<Icon of={Download} />}
              title={sheetNames[sheet]}
            />
          </li>
        ))}
      </Rows>
      <Trouble refused={keeping.refused} />
    </>
  );
}
