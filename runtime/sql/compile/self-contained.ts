// Whether rows are all that a statement touches. A connection that ran nothing else can be given back without waiting:
// nobody has to see what becomes of it.
import { visitChildren } from "../ast/children.js";
import type { AnyNode } from "../ast/nodes.js";

/** Functions of the databases' own that compute and do no more. */
const PURE: ReadonlySet<string> = new Set(
  (
    "abs aggregate_strings array_agg avg ceil coalesce concat count cume_dist current_date current_time dense_rank " +
    "exp first_value floor greatest last_value least length ln lower max min mode now ntile nullif percent_rank " +
    "percentile_cont percentile_disc power random rank replace round row_number sign sqrt substr sum trim unnest upper"
  ).split(" "),
);

/**
 * True where it asks for no locks, holds no text and calls no function whose effects are not known. What views,
 * triggers and defaults of the database call is taken to be of that kind.
 */
export function isSelfContained(statement: AnyNode): boolean {
  // Each of a source's columns leads to it, also where FROM does not name it.
  const sources = new Set<AnyNode>();
  let found = true;
  const visit = (node: AnyNode): void => {
    if (node.kind === "column") {
      if (node.table === null || sources.has(node.table)) return;
      sources.add(node.table);
      visit(node.table);
    } else if (isOpaque(node)) found = false;
    else if (found) visitChildren(node, visit);
  };
  visit(statement);
  return found;
}

/** True for what may do anything by itself. */
function isOpaque(node: AnyNode): boolean {
  switch (node.kind) {
    case "text":
    case "raw":
    case "fragment":
    case "operation":
      return true;
    case "function":
      return !PURE.has(node.name);
    case "select": {
      const { extras = null } = node;
      return extras !== null && (extras.lock !== null || extras.prefixes.length > 0 || extras.suffixes.length > 0);
    }
    default:
      return false;
  }
}
