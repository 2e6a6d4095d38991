// `athanor explain CODE`: the page about a diagnostic or an error.
import { nearestName } from "../compiler/diagnostics/suggest.js";
import { errorPage, explainedCodes } from "./package-info.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export function runExplain(code: string, terminal: Terminal): ExitCode {
  const wanted = code.toUpperCase();
  const page = /^[A-Z]\d+$/.test(wanted) ? errorPage(wanted) : undefined;
  if (page === undefined) throw unknownCode(code, wanted);
  terminal.stdout(page.endsWith("\n") ? page : `${page}\n`);
  return exitCodes.done;
}

function unknownCode(code: string, wanted: string): CommandError {
  const nearest = nearestName(wanted, explainedCodes());
  const help = nearest === undefined ? "codes look like S2001 or R1004" : `did you mean ${nearest}?`;
  return new CommandError(`there is no page about ${code}`, exitCodes.usage, help);
}
