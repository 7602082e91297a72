import type { Plugin, Rolldown } from "vite";
import { AREAS } from "../src/ground/areas.ts";

const PAGE = "index.html";

/**
 * Makes the app's page once for each area (`/jual` has `jual.html`, the shop `index.html`): each names the files that its
 * area needs, so that a phone asks for them together with the first script instead of after it.
 */
export function pages(): Plugin {
  return {
    name: "lumbung:pages",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle[PAGE];
      if (page?.type !== "asset") throw new Error("no page was built");
      const plain = page.source.toString();
      for (const [address, folder] of Object.entries(AREAS)) {
        const links = scriptsOf(`/src/${folder}/area.tsx`, bundle)
          .filter((file) => !plain.includes(file))
          .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`);
        const source = plain.replace("</head>", `${links.join("")}</head>`);
        if (address) this.emitFile({ type: "asset", fileName: `${address.slice(1)}.html`, source });
        else page.source = source;
      }
    },
  };
}

/** The file with this module, and those that it needs at once. */
function scriptsOf(module: string, bundle: Rolldown.OutputBundle): string[] {
  const first = Object.values(bundle).find(
    (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith(module)),
  );
  if (!first) throw new Error(`${module} is in no file`);
  const needed = new Set([first.fileName]);
  for (const each of needed) {
    const file = bundle[each];
    if (file?.type === "chunk") for (const imported of file.imports) needed.add(imported);
  }
  return [...needed];
}
