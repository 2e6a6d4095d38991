// SQLite: a file for each contender, in memory where the system has such a folder, as the disk is the same for all.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteContenders } from "../contenders/own.js";
import { installedPeers } from "../contenders/peers.js";
import { goals } from "../goals.js";
import type { BenchDatabase } from "./database.js";
import { writeDataSet } from "./data-set.js";

const MEMORY_FOLDER = "/dev/shm";

export const sqlite: BenchDatabase = {
  title: "SQLite, better-sqlite3",
  contenders: { ...sqliteContenders, ...installedPeers("sqlite") },
  goals: goals.sqlite,
  batchSizes: { W1: 20_000, W2: 150, W3: 2, W4: 200, W5: 300, W6: 4, W7: 6, W8: 40, W9: 10, W10: 1_500 },
  clock: "processor time",
  tidying: [],
  /**
   * Processor time, of the collector's helper threads as well. Time on the clock would count what other programs do;
   * nothing here waits, as the database is in memory.
   */
  now() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  async open(copies) {
    const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), "athanor-bench-"));
    const dispose = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
    try {
      const original = join(folder, "original.db");
      await writeDataSet(`sqlite:///${original}`, ["PRAGMA journal_mode = WAL"]);
      const urls = Array.from({ length: copies }, (_, index) => {
        const copy = join(folder, `copy-${index}.db`);
        copyFileSync(original, copy);
        return `sqlite:///${copy}`;
      });
      return { origin: `files in ${folder}`, urls, dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  },
};
