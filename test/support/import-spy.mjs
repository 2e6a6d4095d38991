// Preloaded with `node --import`: at exit, prints the packages under node_modules that were loaded, as JSON on stdout.
import { registerHooks } from "node:module";

const packages = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return nextLoad(url, context);
  },
});
process.on("exit", () => process.stdout.write(JSON.stringify([...packages].sort())));
