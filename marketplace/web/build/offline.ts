import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Plugin, transformWithOxc } from "vite";

const SOURCE = "src/ground/offline/worker.ts";
const KEPT = /\.(js|css)$/;

/** Makes `/service-worker.js`: the worker's source, with the names of the files that it keeps for offline use. */
export function offline(): Plugin {
  return {
    name: "lumbung:offline",
    apply: "build",
    async generateBundle(_, bundle) {
      const shell = Object.keys(bundle)
        .filter((name) => KEPT.test(name))
        .map((name) => `/${name}`);
      const build = createHash("sha256").update(shell.sort().join()).digest("hex").slice(0, 12);
      const { code } = await transformWithOxc(readFileSync(SOURCE, "utf8"), SOURCE);
      const source = code.replace("__SHELL__", JSON.stringify(shell)).replace("__BUILD__", JSON.stringify(build));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source });
    },
  };
}
