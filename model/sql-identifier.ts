// Identifiers in SQL text that is made from the schema model: quoted only where a plain word would not do.
import type { QualifiedName } from "./qualified-name.js";

/** Words that some dialect reserves; a name among them is quoted on every dialect. */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "abort accessible action add after all alter always analyse analyze and any array as asc asensitive asymmetric " +
    "attach authorization autoincrement before begin between bigint binary blob both by call cascade case cast " +
    "change char character check collate collation column commit concurrently condition conflict constraint " +
    "continue convert create cross cube cume_dist current current_catalog current_date current_role current_schema " +
    "current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute " +
    "day_second dec decimal declare default deferrable deferred delayed delete dense_rank desc describe detach " +
    "deterministic distinct distinctrow div do double drop dual each else elseif empty enclosed end escape escaped " +
    "except exclude exclusive exists exit explain fail false fetch filter first first_value float float4 float8 " +
    "following for force foreign freeze from full fulltext function generated get glob grant group grouping groups " +
    "having high_priority hour_microsecond hour_minute hour_second if ignore ilike immediate in index indexed " +
    "infile initially inner inout insensitive insert instead int int1 int2 int3 int4 int8 integer intersect " +
    "interval into is isnull iterate join json_table key keys kill lag last last_value lateral lead leading leave " +
    "left like limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority match " +
    "materialized maxvalue mediumblob mediumint mediumtext middleint minute_microsecond minute_second mod modifies " +
    "natural no not nothing notnull null nulls numeric of offset on only optimize option optionally or order others " +
    "out outer outfile over overlaps partition placing plan pragma preceding precision primary procedure purge " +
    "query raise range rank read reads real recursive references regexp reindex release rename repeat replace " +
    "require resignal restrict return returning revoke right rlike rollback row row_number rows savepoint schema " +
    "schemas second_microsecond select sensitive separator session_user set show signal similar smallint some " +
    "spatial specific sql sqlexception sqlstate sqlwarning ssl starting stored straight_join symmetric system " +
    "system_user table tablesample temp temporary terminated then ties tinyblob tinyint tinytext to trailing " +
    "transaction trigger true unbounded undo union unique unlock unsigned update usage use user using utc_date " +
    "utc_time utc_timestamp vacuum values varbinary varchar varcharacter variadic varying verbose view virtual when " +
    "where while window with without write xor year_month zerofill"
  ).split(" "),
);

/** `name`, or in quotes where it is no plain lower-case word or is reserved; `quote` inside it is doubled. */
export function quoteIdentifier(name: string, quote: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name);
  return isPlain ? name : `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

/** A name with its schema, where it has one. */
export function quotePath({ schema, name }: QualifiedName, quote: string): string {
  const own = quoteIdentifier(name, quote);
  return schema === undefined ? own : `${quoteIdentifier(schema, quote)}.${own}`;
}
