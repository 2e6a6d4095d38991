// A schema of any number of tables for the bench: ten columns a table, an enum in every tenth, keys, indexes, and a
// relationship with the table before, seen from both sides.

interface Variation {
  /** The number of a table with one column more than its neighbours: the change that a next run finds. */
  readonly extraColumnIn?: number;
}

/** A schema of `size` tables. */
export function scaleSchema(size: number, { extraColumnIn }: Variation = {}): string {
  const tables = Array.from({ length: size }, (_, index) => table(index, size, index === extraColumnIn));
  return `dialect sqlite, postgresql\n\n${tables.join("\n")}`;
}

function table(index: number, size: number, hasExtraColumn: boolean): string {
  const hasEnum = index % 10 === 0;
  const lines = [
    `/// Thing number ${index}.`,
    `table thing_${index} as Thing${index} {`,
    "  id           bigint         primary key identity",
    "  name         varchar(80)    unique",
    "  description  text?",
    "  price        numeric(12,2)",
    "  quantity     integer        default 0",
    "  is_active    boolean        default true",
    "  created_at   timestamptz    default now()",
    "  details      jsonb?",
    `  kind         ${hasEnum ? `kind_${index}` : "varchar(20)"}`,
    ...(hasExtraColumn ? ["  extra_column  text?"] : []),
    ...(index === 0 ? [] : [`  parent_id    bigint?        references thing_${index - 1} on delete cascade`]),
    ...(index === 0 ? [] : [`  relationship parent: Thing${index - 1}?  back_populates children`]),
    ...(index === size - 1
      ? []
      : [`  relationship children: Thing${index + 1}[]  back_populates parent  cascade all, delete-orphan`]),
    "  unique (kind, created_at)",
    ...(index === 0 ? [] : ["  index (parent_id, created_at desc)"]),
    "}",
    "",
  ];
  return [...(hasEnum ? [`enum kind_${index} { small, medium, large }`, ""] : []), ...lines].join("\n");
}
