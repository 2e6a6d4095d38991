// The databases of the benchmark, by the names that its command line takes.
import type { BenchDatabase } from "./database.js";
import { postgresql } from "./postgresql.js";
import { sqlite } from "./sqlite.js";

export const databases: Readonly<Record<string, BenchDatabase>> = { sqlite, postgresql };
