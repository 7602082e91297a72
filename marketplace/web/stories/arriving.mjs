/** A phone that has nothing of the app yet opens it: few requests, few bytes, and nothing that is pushed about. */
import { firstView } from "./first-view.mjs";
import { LIKE, play } from "./stage.mjs";

const MOST = { requests: 12, bytes: 80_000, shift: 0.05 };
/** Each with what is there when it is shown. */
const VIEWS = {
  "/": "main li a",
  "/toko/kios-beras-bu-tutik-0": "main li button",
  "/keranjang": "main p",
  "/masuk": "main input",
};

await play("arriving", async ({ context, complaints }) => {
  for (const [path, shown] of Object.entries(VIEWS)) {
    const cost = await firstView(context.browser(), LIKE, path, shown);
    for (const [what, most] of Object.entries(MOST))
      if (cost[what] > most) complaints.push(`${path}: ${what} ${cost[what]}, more than ${most}`);
  }
});
