// The ways a relationship could go: every foreign key, or pair of foreign keys of a secondary table, that connects
// the two tables, narrowed by the options that name columns.
import { columnNames } from "./column-names.js";
import type {
  BoundTable,
  ColumnReference,
  DirectPath,
  ForeignKeySymbol,
  Join,
  RelationshipSymbol,
  TableSymbol,
} from "./symbols.js";

/** A foreign key all of whose parts are known, so that a join can follow it. */
interface SoundForeignKey extends ForeignKeySymbol {
  readonly target: TableSymbol;
  readonly targetColumns: readonly ColumnReference[];
}

/** False where a mistake in the foreign key, reported elsewhere, leaves open what it connects. */
export function isSound(foreignKey: ForeignKeySymbol): foreignKey is SoundForeignKey {
  const { target, columns, targetColumns } = foreignKey;
  if (target === undefined || targetColumns === undefined || targetColumns.length !== columns.length) return false;
  return [...columns, ...targetColumns].every(({ column }) => column !== undefined);
}

/** Both directions of each foreign key between the tables; a self-reference can be followed both ways. */
export function directPaths(owner: BoundTable, target: BoundTable): DirectPath[] {
  const outward = owner.foreignKeys.filter((foreignKey) => foreignKey.target === target.symbol && isSound(foreignKey));
  const inward = target.foreignKeys.filter((foreignKey) => foreignKey.target === owner.symbol && isSound(foreignKey));
  return [
    ...outward.map((foreignKey): DirectPath => ({ foreignKey, direction: "many-to-one" })),
    ...inward.map((foreignKey): DirectPath => ({ foreignKey, direction: "one-to-many" })),
  ];
}

/** The paths that `foreign_keys` and `remote_side` leave, where they are given. */
export function narrowPaths(paths: readonly DirectPath[], relationship: RelationshipSymbol): DirectPath[] {
  const { foreignKeys, remoteSide } = relationship.options;
  return paths.filter((path) => {
    const own = foreignKeys === undefined || sameNames(foreignKeys.columns, columnNames(path.foreignKey.columns));
    return own && (remoteSide === undefined || sameNames(remoteSide.columns, remoteNames(path)));
  });
}

export function directJoin({ foreignKey, direction }: DirectPath): Join {
  const near = columnNames(foreignKey.columns);
  const far = columnNames(foreignKey.targetColumns ?? []);
  const pairs = near.map((name, index) => ({ name, other: far[index] ?? "" }));
  return {
    direction,
    pairs:
      direction === "many-to-one"
        ? pairs.map(({ name, other }) => ({ local: name, remote: other }))
        : pairs.map(({ name, other }) => ({ local: other, remote: name })),
    secondary: undefined,
    foreignKeys: [foreignKey],
  };
}

/** Two foreign keys of a secondary table: to the relationship's own table, and to its target's. */
interface SecondaryPath {
  readonly link: TableSymbol;
  readonly near: ForeignKeySymbol;
  readonly far: ForeignKeySymbol;
}

/** `owners` and `targets` are the tables of the two classes. */
export function secondaryPaths(
  link: BoundTable,
  owners: readonly TableSymbol[],
  targets: readonly TableSymbol[],
): SecondaryPath[] {
  const sound = link.foreignKeys.filter(isSound);
  const paths: SecondaryPath[] = [];
  for (const near of sound.filter(({ target }) => owners.includes(target))) {
    for (const far of sound.filter(({ target }) => targets.includes(target))) {
      if (near !== far) paths.push({ link: link.symbol, near, far });
    }
  }
  return paths;
}

/** `foreign_keys` of a secondary names this side's columns of the link table, and may go on with the target's. */
export function narrowSecondary(paths: readonly SecondaryPath[], relationship: RelationshipSymbol): SecondaryPath[] {
  const listed = relationship.options.foreignKeys?.columns.map(({ text }) => text).join("\n");
  if (listed === undefined) return [...paths];
  return paths.filter(({ near, far }) => {
    const own = columnNames(near.columns);
    return listed === own.join("\n") || listed === [...own, ...columnNames(far.columns)].join("\n");
  });
}

export function secondaryJoin({ link, near, far }: SecondaryPath): Join {
  const nearTargets = columnNames(near.targetColumns ?? []);
  const farTargets = columnNames(far.targetColumns ?? []);
  return {
    direction: "many-to-many",
    pairs: columnNames(near.columns).map((remote, index) => ({ local: nearTargets[index] ?? "", remote })),
    secondary: {
      table: link,
      pairs: columnNames(far.columns).map((local, index) => ({ local, remote: farTargets[index] ?? "" })),
    },
    foreignKeys: [near, far],
  };
}

function remoteNames({ foreignKey, direction }: DirectPath): string[] {
  return columnNames(direction === "many-to-one" ? (foreignKey.targetColumns ?? []) : foreignKey.columns);
}

function sameNames(listed: readonly { readonly text: string }[], columns: readonly string[]): boolean {
  return listed.length === columns.length && listed.every(({ text }) => columns.includes(text));
}
