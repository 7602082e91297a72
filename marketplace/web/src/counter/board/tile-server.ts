/** Where map tiles come from, and whom to name for them. */
export type TileServer = { address: string; credit: string };

/** What the node's setting says, in its page; null where it names none: the map is then the plane alone. */
export function tileServer(page: Pick<Document, "querySelector"> = document): TileServer | null {
  const said = page.querySelector<HTMLMetaElement>('meta[name="lumbung-tiles"]');
  return said ? { address: said.content, credit: said.dataset.credit ?? "" } : null;
}
