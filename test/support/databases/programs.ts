// Looks for programs on the machine, and installs Debian packages where that is allowed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const FOLDERS = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/usr/libexec"];

/** The first folder that holds all of `names`; null where none does. */
export function onPath(...names: readonly string[]): string | null {
  return FOLDERS.find((folder) => folder !== "" && names.every((name) => existsSync(join(folder, name)))) ?? null;
}

/** Installs Debian packages; only as root and only in CI, where the machine is thrown away. Says what came of it. */
export function installDebianPackages(packages: readonly string[]): string {
  const wanted = packages.join(" ");
  if (process.env["CI"] === undefined) return `${wanted}: installed by itself only where CI is set`;
  if (process.getuid?.() !== 0 || onPath("apt-get") === null) return `${wanted}: apt-get needs root on Debian`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = (): boolean =>
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], { env, stdio: "ignore" }).status ===
    0;
  if (install()) return `${wanted}: installed`;
  spawnSync("apt-get", ["update"], { env, stdio: "ignore" });
  return install() ? `${wanted}: installed` : `${wanted}: apt-get could not install them`;
}
