// The public entry `athanor/testing`: what tests of applications need.
export { QueryCountError } from "../errors/errors.js";
export { expectQueries } from "./expect-queries.js";
export { memoryDatabase, memoryDatabaseAsync } from "./memory-database.js";
export { rolledBack, rolledBackAsync } from "./rolled-back.js";
