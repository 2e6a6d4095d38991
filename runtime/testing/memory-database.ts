// A database of one's own for a test, in memory, with every table of a schema: in one call.
import { type AsyncEngine, type AsyncEngineOptions, createAsyncEngine } from "../engine/async-engine.js";
import { createEngine, type Engine, type EngineOptions } from "../engine/engine.js";
import type { MetaData } from "../schema/metadata.js";

/** An engine over a new SQLite database in memory that has the tables of `metadata`. It is gone with `dispose()`. */
export function memoryDatabase(metadata: MetaData, options: EngineOptions = {}): Engine {
  const engine = createEngine("sqlite://", options);
  metadata.createAll(engine);
  return engine;
}

/** The same behind the asynchronous face. */
export async function memoryDatabaseAsync(metadata: MetaData, options: AsyncEngineOptions = {}): Promise<AsyncEngine> {
  const engine = createAsyncEngine("sqlite://", options);
  await metadata.createAll(engine);
  return engine;
}
