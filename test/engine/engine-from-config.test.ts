// Engines from settings that are text.
import { describe, expect, it } from "vitest";
import { ASYNC_ENGINE_OPTION_NAMES } from "../../runtime/engine/async-engine.js";
import { asyncEngineFromConfig, engineFromConfig } from "../../runtime/engine/engine-from-config.js";
import { ArgumentError } from "../../runtime/errors/errors.js";

function catching(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("engineFromConfig()", () => {
  it("takes what begins with the prefix, each as what it is", () => {
    const settings = {
      "athanor.url": "sqlite:///app.db",
      "athanor.poolSize": "3",
      "athanor.max_overflow": "0",
      "athanor.hide-parameters": "yes",
      "athanor.pool_pre_ping": "true",
      "athanor.isolationLevel": "SERIALIZABLE",
      "athanor.echo": undefined,
      "other.setting": "left alone",
    };
    const engine = engineFromConfig(settings);
    expect(String(engine)).toBe("Engine(sqlite:///app.db)");
    expect(engine.poolStatus()).toMatchObject({ size: 3, maxOverflow: 0 });
    expect(engine.getExecutionOptions()).toMatchObject({ isolationLevel: "SERIALIZABLE" });
  });

  it("reads an environment", () => {
    const environment = {
      DATABASE_URL: "postgresql://scott:tiger@db/shop",
      DATABASE_POOL_SIZE: "7",
      DATABASE_POOL_TIMEOUT: "Infinity",
      DATABASE_POOL_PRE_PING: "2500",
      DATABASE_READ_ONLY: "on",
      HOME: "/root",
    };
    const engine = asyncEngineFromConfig(environment, "DATABASE_");
    expect(String(engine)).toBe("AsyncEngine(postgresql://scott:***@db/shop)");
    expect(engine.poolStatus()).toMatchObject({ size: 7, maxOverflow: 10 });
    expect(engine.getExecutionOptions()).toMatchObject({ readOnly: true });
  });

  it("takes values that are no text as they are", () => {
    const lines: string[] = [];
    const logger = (line: string): number => lines.push(line);
    using engine = engineFromConfig({ "athanor.url": "sqlite://", "athanor.logger": logger, "athanor.poolSize": 2 });
    engine.connect((connection) => connection.execDriverSql("SELECT 1"));
    expect(lines.length).toBeGreaterThan(0);
  });

  it("takes text for every option that text can say", () => {
    const noText = ["clock", "compiledCache", "connectArgs", "jsonDeserializer", "jsonSerializer", "logger", "timers"];
    const names = ASYNC_ENGINE_OPTION_NAMES.filter((name) => ![...noText, "schemaTranslateMap"].includes(name));
    for (const name of names) {
      const settings = { "athanor.url": "sqlite://", [`athanor.${name}`]: "zzz" };
      const failure = String(catching(() => asyncEngineFromConfig(settings)));
      expect(failure).not.toContain("cannot be text");
    }
  });

  it.each([
    [{ "athanor.poolsiz": "3" }, 'there is no setting "athanor.poolsiz"; after "athanor." there may be url, echo'],
    [{ "athanor.poolSize": "many" }, 'the setting "athanor.poolSize" is a number, which its text is not'],
    [{ "athanor.readOnly": "perhaps" }, 'the setting "athanor.readOnly" is a flag, which its text is not'],
    [{ "athanor.logger": "console" }, 'the setting "athanor.logger" cannot be text'],
    [{ "athanor.url": undefined }, 'the settings have no "athanor.url"'],
  ])("%o is refused", (settings, message) => {
    const refused = (): unknown => engineFromConfig({ "athanor.url": "sqlite://", ...settings });
    expect(refused).toThrow(ArgumentError);
    expect(refused).toThrow(message);
  });
});
