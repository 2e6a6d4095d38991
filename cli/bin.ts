#!/usr/bin/env node
// The `athanor` command's first file: says in plain words that Node is too old, before anything that needs a newer
// one is loaded, and turns the compile cache on, which halves the start-up of the packages behind `generate`.
// The default import, because a named one that an old Node lacks would fail before the first line runs.
import nodeModule from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(`athanor needs Node 22.14 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  nodeModule.enableCompileCache();
  const { runProcess } = await import("./main.js");
  await runProcess();
}
