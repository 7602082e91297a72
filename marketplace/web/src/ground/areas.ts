/**
 * The areas of the app by where their addresses begin, with their folders; the shop has what no other area has.
 *
 * The build reads this too: the node's page of an area names the files that the area needs (`build/pages.ts`).
 */
export const AREAS = {
  "/jual": "seller",
  "/antar": "driver",
  "/loket": "counter",
  "/anggota": "member",
  "/pengelola": "operator",
  "/pengembang": "developer",
  "": "shop",
} as const;
