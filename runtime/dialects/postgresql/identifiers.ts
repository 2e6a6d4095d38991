// Which names PostgreSQL wants between quotes: those of its keywords that cannot stand for a table or a column.
import { identifierQuoter, RESERVED_WORDS } from "../../sql/compile/identifiers.js";

const KEYWORDS = `collation concurrently current_catalog current_schema except fetch intersect lateral overlay
  tablesample variadic
  bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int integer
  interval json json_array json_arrayagg json_object json_objectagg json_scalar json_serialize json_table json_value
  least merge_action national nchar none normalize nullif numeric out position precision real row setof smallint
  substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
  xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/);

/** A name as it stands in PostgreSQL's SQL. */
export const quotePostgresqlIdentifier: (name: string) => string = identifierQuoter(
  new Set([...RESERVED_WORDS, ...KEYWORDS]),
);
