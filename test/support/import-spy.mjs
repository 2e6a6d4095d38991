// Preloaded with `node --import`: at exit, prints as JSON on stdout which packages under node_modules were loaded, and
// which files of this package's `dist/`.
import { registerHooks } from "node:module";

const packages = new Set();
const files = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    const file = name === undefined ? /.*\/dist\/(.+)/.exec(url)?.[1] : undefined;
    if (file !== undefined) files.add(file.replace(/-[\w-]{8}\.js$/, ".js"));
    return nextLoad(url, context);
  },
});
process.on("exit", () => {
  process.stdout.write(JSON.stringify({ packages: [...packages].sort(), files: [...files].sort() }));
});
