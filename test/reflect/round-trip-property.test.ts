// The law of reflection: what is created from a random model is read back as that model.
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AsyncEngine, createAsyncEngine, inspect, metadataFromModel } from "athanor";
import { canonicalModel } from "../../model/canonical.js";
import { makeObjectName } from "../../model/naming.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { describeDatabase } from "../support/databases/databases.js";
import { type ModelShape, randomModels } from "./support/random-models.js";

const shapes: readonly {
  readonly kind: "sqlite" | "postgresql" | "mysql";
  readonly runs: number;
  readonly shape: ModelShape;
}[] = [
  {
    kind: "sqlite",
    runs: 300,
    shape: {
      dialect: "sqlite",
      comments: false,
      enums: false,
      wide: true,
      types: [
        { type: { kind: "integer" }, defaults: ["7", "-1", "(1 + 2)"] },
        { type: { kind: "text" }, defaults: ["'it''s'", "(lower('X'))"] },
        { type: { kind: "varchar", length: 20 }, defaults: ["NULL"] },
        { type: { kind: "numeric", precision: 10, scale: 2 }, defaults: ["1.50"] },
        { type: { kind: "double" }, defaults: [] },
        { type: { kind: "bytes" }, defaults: ["X'00ff'"] },
        { type: { kind: "boolean" }, defaults: ["1"] },
        { type: { kind: "date" }, defaults: ["CURRENT_DATE"] },
        { type: { kind: "timestamp", precision: 3 }, defaults: [] },
        { type: { kind: "native", dialect: "sqlite", name: "nvarchar", arguments: [40] }, defaults: [] },
        { type: { kind: "native", dialect: "sqlite", name: "untyped" }, defaults: [] },
      ],
    },
  },
  {
    kind: "postgresql",
    runs: 100,
    shape: {
      dialect: "postgresql",
      comments: true,
      enums: true,
      wide: true,
      types: [
        { type: { kind: "integer" }, defaults: ["7", "(1 + 2)"] },
        { type: { kind: "bigint" }, defaults: ["'-5'::integer"] },
        { type: { kind: "smallint" }, defaults: [] },
        { type: { kind: "text" }, defaults: ["'it''s'::text", "lower('X'::text)"] },
        { type: { kind: "varchar", length: 20 }, defaults: ["'x'::character varying"] },
        { type: { kind: "char", length: 3 }, defaults: [] },
        { type: { kind: "numeric", precision: 10, scale: 2 }, defaults: ["1.50"] },
        { type: { kind: "numeric" }, defaults: [] },
        { type: { kind: "double" }, defaults: [] },
        { type: { kind: "boolean" }, defaults: ["true"] },
        { type: { kind: "bytes" }, defaults: [] },
        { type: { kind: "date" }, defaults: ["CURRENT_DATE"] },
        { type: { kind: "timestamptz", precision: 3 }, defaults: ["now()"] },
        { type: { kind: "time" }, defaults: [] },
        { type: { kind: "uuid" }, defaults: ["gen_random_uuid()"] },
        { type: { kind: "jsonb" }, defaults: ["'{}'::jsonb"] },
        { type: { kind: "array", element: { kind: "text" } }, defaults: ["'{}'::text[]"] },
        { type: { kind: "array", element: { kind: "array", element: { kind: "integer" } } }, defaults: [] },
        { type: { kind: "tstzrange" }, defaults: [] },
        { type: { kind: "native", dialect: "postgresql", name: "bit", arguments: [4] }, defaults: [] },
        { type: { kind: "native", dialect: "postgresql", name: "money" }, defaults: [] },
      ],
    },
  },
  {
    kind: "mysql",
    runs: 30,
    shape: {
      dialect: "mariadb",
      comments: true,
      enums: false,
      wide: false,
      keyName: (table) => makeObjectName(table, undefined, "pkey"),
      types: [
        { type: { kind: "integer" }, defaults: ["7"] },
        { type: { kind: "bigint", unsigned: true }, defaults: ["5"] },
        { type: { kind: "text" }, defaults: ["'its'"] },
        { type: { kind: "varchar", length: 20 }, defaults: ["'it''s'"] },
        { type: { kind: "numeric", precision: 10, scale: 2 }, defaults: ["1.50"] },
        { type: { kind: "boolean" }, defaults: ["1"] },
        { type: { kind: "bytes" }, defaults: [] },
        { type: { kind: "date" }, defaults: ["curdate()"] },
        { type: { kind: "timestamp" }, defaults: ["current_timestamp(6)"] },
        { type: { kind: "time", precision: 0 }, defaults: [] },
        { type: { kind: "json" }, defaults: [] },
        { type: { kind: "native", dialect: "mysql", name: "mediumtext" }, defaults: [] },
        { type: { kind: "native", dialect: "mysql", name: "tinyint", unsigned: true }, defaults: ["3"] },
        { type: { kind: "native", dialect: "mysql", name: "set", arguments: ["p", "it's"] }, defaults: [] },
      ],
    },
  },
];

for (const { kind, runs, shape } of shapes) {
  await describeDatabase(kind, "random models", (database) => {
    let engine: AsyncEngine;
    beforeAll(() => {
      engine = createAsyncEngine(database.url);
    });
    afterAll(() => engine.dispose());

    it("come back as they were created", { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(randomModels(shape), async (model) => {
          const metadata = metadataFromModel(model);
          await engine.connect(async (connection) => {
            await metadata.createAll(connection);
            try {
              expect(canonicalModel(relationsOf(await inspect(connection).model()))).toEqual(canonicalModel(model));
            } finally {
              if (database.has("transactional-ddl")) await connection.rollback();
              else await metadata.dropAll(connection);
            }
          });
        }),
        { numRuns: runs },
      );
    });
  });
}

/** What random models have: nothing else may be there. */
function relationsOf({ dialects, enums, tables, classes, ...others }: SchemaModel): SchemaModel {
  expect(Object.values(others).flat()).toEqual([]);
  return { dialects, enums, tables, classes };
}
