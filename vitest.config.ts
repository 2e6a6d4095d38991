// Tests run against the sources: the package's own name resolves to the public entries as they are here.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^athanor$/, replacement: source("runtime/index.ts") },
      { find: /^athanor\/config$/, replacement: source("cli/config/config.ts") },
      { find: /^athanor\/compiler$/, replacement: source("compiler/index.ts") },
      { find: /^athanor\/opentelemetry$/, replacement: source("runtime/engine/opentelemetry.ts") },
      { find: /^athanor\/testing$/, replacement: source("runtime/testing/index.ts") },
    ],
  },
  test: {
    // Much of the time is spent in servers and compilers of their own: no core is kept free for the runner.
    maxWorkers: "100%",
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    // The configurations of test projects are Node's to load, as they are at work.
    server: { deps: { external: [/athanor\.config\./] } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
