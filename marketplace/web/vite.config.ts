import { defineConfig } from "vitest/config";
import { groups } from "./build/chunks.ts";
import { compressed } from "./build/compressed.ts";
import { offline } from "./build/offline.ts";
import { pages } from "./build/pages.ts";

const NODE = process.env.LUMBUNG_DEV_NODE ?? "http://127.0.0.1:8000";
const SERVED_BY_THE_NODE = ["/graphql", "/images", "/uploads", "/proofs", "/driver-papers", "/schema.graphql"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "built",
    target: "es2022",
    assetsInlineLimit: 0, // the content security policy lets no data: scripts or styles in
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: "licences.md" },
    manifest: true,
    cssCodeSplit: false, // all of it is a few kB
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  plugins: [pages(), offline(), compressed()],
  server: {
    port: 5173,
    proxy: Object.fromEntries(SERVED_BY_THE_NODE.map((path) => [path, { target: NODE, ws: path === "/graphql" }])),
  },
  test: { environment: "happy-dom", include: ["{src,client}/**/*.test.{ts,tsx}"] },
});
