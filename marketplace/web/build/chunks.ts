import type { Rolldown } from "vite";

const AREA = /\/src\/([a-z]+)\//;
const GROUND = "ground";

/**
 * In which files the app comes to the phone.
 *
 * On a slow network each file costs more than its bytes do, so there are few: the first script with the ground (what it
 * needs, and what several areas do), one for each area (its first page, and what several of its pages share), and one
 * for each page that is opened less often.
 */
export const groups: Rolldown.CodeSplittingGroup[] = [
  { debugName: GROUND, name: (id, modules) => (fileOf(id, modules) === GROUND ? GROUND : null), priority: 2 },
  { debugName: "areas", name: fileOf, priority: 1 },
];

/** The name of the file that a module stands in; null where it is left with the only page that needs it. */
function fileOf(id: string, modules: Rolldown.ChunkingContext): string | null {
  const roots = rootsOf(id, modules);
  const areas = new Set(roots.map((root) => AREA.exec(root)?.[1] ?? GROUND));
  const [area = GROUND] = areas;
  if (areas.size > 1 || roots.some((root) => modules.getModuleInfo(root)?.isEntry)) return GROUND;
  if (area === GROUND) return null;
  return roots.length > 1 || roots[0]?.endsWith("/area.tsx") ? area : null;
}

/** The modules that bring this one along: the first script, and those that are loaded when they are needed (`lazy`). */
function rootsOf(id: string, modules: Rolldown.ChunkingContext): string[] {
  const seen = new Set([id]);
  for (const each of seen) for (const importer of modules.getModuleInfo(each)?.importers ?? []) seen.add(importer);
  return [...seen].filter((each) => {
    const info = modules.getModuleInfo(each);
    return info?.isEntry || info?.dynamicImporters.length;
  });
}
