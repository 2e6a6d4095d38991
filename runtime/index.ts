// The runtime's public surface: everything that `import { … } from "athanor"` finds. Engines and sessions are
// disposable, which a program need not tell its compiler: the declarations bring the types along.
/// <reference lib="esnext.disposable" preserve="true" />

// ---- engine
export { AsyncConnection } from "./engine/async-connection.js";
export {
  AsyncEngine,
  type AsyncEngineConfig,
  type AsyncEngineOptions,
  createAsyncEngine,
} from "./engine/async-engine.js";
export type { AsyncRows, AsyncStream } from "./engine/async-stream.js";
export { AsyncNestedTransaction, AsyncTransaction } from "./engine/async-transaction.js";
export type {
  EngineEvents,
  ErrorEvent,
  ExecutedInstead,
  ExecuteEvent,
  ReplyInstead,
  SentInstead,
  StatementEvent,
} from "./engine/engine-events.js";
export type { ListenOptions, Listener } from "./events/event-hub.js";
export type { DriverParameters } from "./engine/driver-parameters.js";
export type {
  CallOptions,
  ConnectionOptions,
  ExecutionOptions,
  StatementExecutionOptions,
  SyncConnectionOptions,
  TransactionOptions,
} from "./engine/execution-options.js";
export type { JsonDeserializer, JsonSerializer } from "./engine/json-codecs.js";
export { AsyncRawConnection, RawConnection } from "./engine/raw-connection.js";
export { rowKeys, rowMapping, rowValue } from "./engine/row.js";
export type { StatementOptions } from "./sql/statement-options.js";
export type { AsyncPoolStatus } from "./pool/pool-status.js";
export type { LeakReport, Pooled, PoolKind, PoolOptions, SyncPoolOptions } from "./pool/pool-options.js";
export type { IsolationLevel } from "./dialects/transaction-dialect.js";
export type { Clock } from "./engine/clock.js";
export { Connection } from "./engine/connection.js";
export type { EngineLogger } from "./engine/echo.js";
export { createEngine, Engine, type EngineConfig, type EngineOptions, type Synchronous } from "./engine/engine.js";
export { asyncEngineFromConfig, engineFromConfig, type EngineSettings } from "./engine/engine-from-config.js";
export { createMockEngine, MockEngine, type MockExecutor } from "./engine/mock-engine.js";
export type { RetryOptions } from "./engine/retry.js";
export type { StatementParameters } from "./engine/execute-statement.js";
export { FrozenResult, Result, ScalarResult } from "./engine/result.js";
export type { Rows } from "./engine/rows.js";
export { type CacheStats, StatementCache } from "./engine/statement-cache.js";
export { NestedTransaction, Transaction } from "./engine/transaction.js";
export type { PoolStatus } from "./pool/pool.js";
export { mariadb, mysql } from "./dialects/mysql/dialect.js";
export { postgresql } from "./dialects/postgresql/dialect.js";
export { sqlite } from "./dialects/sqlite/dialect.js";
export { DatabaseUrl, parseUrl } from "./dialects/url.js";

// ---- dialects from outside
export type { Dialect } from "./dialects/dialect.js";
export type {
  AsyncDriverConnection,
  AsyncExecution,
  AsyncReply,
  DriverEnvironment,
  SyncDriverConnection,
  SyncPreparedStatement,
} from "./dialects/driver.js";
export { registerDialect } from "./dialects/registry.js";
export type { TransactionDialect } from "./dialects/transaction-dialect.js";
export type { SqlRow } from "./engine/execution.js";
export type { StatementErrorDetails } from "./errors/errors.js";
export type { DialectInspector, ReadRequest } from "./reflect/dialect-inspector.js";
export { DdlCompiler } from "./schema/ddl-compiler.js";
export type { DdlDialect } from "./schema/ddl-dialect.js";
export type { SqlDialect } from "./sql/compile/sql-dialect.js";
export type { TypeCodec } from "./types/sql-type.js";

// ---- inspection
export type { ColumnModel } from "../model/column-model.js";
export type { ColumnType } from "../model/column-type.js";
export type { Expression as ModelExpression } from "../model/expression.js";
export type { QualifiedName } from "../model/qualified-name.js";
export type {
  CheckModel,
  DomainModel,
  EnumModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  ObjectModel,
  SchemaModel,
  SequenceModel,
  TableModel,
  TableOptionsModel,
  UniqueModel,
  ViewModel,
} from "../model/schema-model.js";
export {
  type AsyncInspectionTarget,
  type AsyncInspector,
  type InspectionTarget,
  Inspector,
  type InspectorOptions,
  type ModelOptions,
} from "./reflect/inspector.js";

// ---- SQL
export { alias, tablesample } from "./sql/build/alias.js";
export {
  and,
  bindparam,
  caseOf,
  caseWhen,
  cast,
  column,
  exists,
  literal,
  literalColumn,
  not,
  or,
  table,
} from "./sql/build/constructs.js";
export { func } from "./sql/build/functions.js";
export { sql } from "./sql/build/fragment.js";
export { excluded, insert, inserted } from "./sql/build/insert.js";
export { except, intersect, select, union, unionAll } from "./sql/build/select.js";
export {
  allOf,
  anyOf,
  comparedAs,
  cube,
  defaultValue,
  distinct,
  extract,
  falseCondition,
  groupingSets,
  nullValue,
  rollup,
  trueCondition,
  tuple,
  typeCoerce,
} from "./sql/build/special-expressions.js";
export { text } from "./sql/build/text.js";
export { deleteFrom, update } from "./sql/build/update.js";
export { values } from "./sql/build/values-source.js";
export type {
  AnyQuery,
  AnySelect,
  Attr,
  CompiledText,
  Compound,
  Condition,
  Cte,
  CteOptions,
  Delete,
  DmlTarget,
  EntityClass,
  Executable,
  Expr,
  FetchOptions,
  Fragment,
  FunctionExpr,
  Insert,
  InsertValues,
  IntervalParts,
  Item,
  JsonPath,
  Labeled,
  LoadOption,
  LockOptions,
  Meta,
  Order,
  Rel,
  RelFrom,
  ProxyMany,
  ProxyOne,
  RelMany,
  RelOne,
  Row,
  RowOf,
  Select,
  Sql,
  Source,
  Subquery,
  TableLike,
  TypedText,
  Text as TextStatement,
  Update,
  UpdateValues,
  WhereClause,
  WindowOptions,
} from "./sql/typing.js";

// ---- types and schema
export { Column } from "./schema/column.js";
export type { ColumnCollection } from "./schema/column-collection.js";
export {
  CheckConstraint,
  type Constraint,
  ForeignKeyConstraint,
  Index,
  PrimaryKeyConstraint,
  UniqueConstraint,
} from "./schema/constraints.js";
export {
  AddConstraint,
  CreateIndex,
  CreateTable,
  CreateView,
  DdlElement,
  DropConstraint,
  DropIndex,
  DropTable,
  DropTableComment,
  DropView,
  SetColumnComment,
  SetTableComment,
} from "./schema/ddl-elements.js";
export type { DdlEvent, DdlEvents, EventStatement } from "./schema/ddl-events.js";
export { CreateSchema, CreateSequence, DDL, DropSchema, DropSequence } from "./schema/schema-elements.js";
export {
  declareType,
  type ObjectDefinition,
  SchemaObject,
  Sequence,
  type SequenceDefinition,
} from "./schema/schema-objects.js";
export {
  check,
  type DialectOptions,
  element,
  foreignKey,
  index,
  indexKey,
  type IndexKeyOptions,
  type IndexOptions,
  partitionOf,
  primaryKey,
  type TableExtra,
  tableObject,
  tableOptions,
  type TableOptions,
  unique,
  viewOf,
} from "./schema/extras.js";
export { metadataFromModel } from "./schema/metadata-from-model.js";
export { type CreateOptions, MetaData, type MetaDataOptions, type ReflectOptions } from "./schema/metadata.js";
export type { ReflectedNames } from "./schema/reflected-tables.js";
export type { AutoloadOptions } from "./schema/table-autoload.js";
export type { AsyncSchemaTarget, SchemaTarget } from "./schema/schema-target.js";
export { type ColumnsOf, createTable, type LoadedColumns, Table } from "./schema/table.js";
export type { ColumnDefinitions } from "./schema/table-definition.js";
export { ColumnBuilder, type ColumnIndexOptions, type SerialOptions } from "./types/column-builder.js";
export type { CheckOptions, KeyOptions, ReferenceOptions, UniqueOptions } from "./types/constraint-options.js";
export { ArrayOf, Domain, Native, RawType, type StoredValue } from "./types/composed-types.js";
export type { DomainDefinition } from "./types/domain-definition.js";
export { Range, type RangeBounds } from "./types/range.js";
export { type Decimal, decodeDecimal } from "./types/decimal.js";
export { JsonNull, JsonText, type JsonElement, type JsonValue } from "./types/json.js";
export { uuid, uuid7 } from "./types/uuid.js";
export { asDate, asText } from "./types/plain-values.js";
export { customType, type CustomTypeOptions } from "./types/custom-type.js";
export { converterMutation } from "./types/mutation.js";
export { currentDate, currentTime, currentTimestamp, RawSql } from "./types/raw-sql.js";
export type { Mutation, SqlType } from "./types/sql-type.js";
export {
  decodeInstant,
  decodePlainDate,
  decodePlainDateTime,
  decodePlainTime,
  type Instant,
  type PlainDate,
  type PlainDateTime,
  type PlainTime,
} from "./types/temporal.js";
export {
  BigInteger,
  Binary,
  Bool,
  Bytes,
  Char,
  Cidr,
  DateRange,
  Double,
  Enum,
  Inet,
  Int4Range,
  Int8Range,
  Integer,
  Interval,
  Json,
  Jsonb,
  MacAddr,
  NumRange,
  Numeric,
  Real,
  SmallInteger,
  SqlDate,
  SqlTime,
  Text,
  Timestamp,
  TimestampTz,
  TsRange,
  TsTzRange,
  TsVector,
  Uuid,
  Varbinary,
  Varchar,
} from "./types/types.js";

// ---- mapped classes and the session
export { assignColumn, loadColumn, showColumn } from "./orm/attributes.js";
export { flagModified } from "./orm/flag-modified.js";
export { blank, Entity, type EntityStatus, initialValues } from "./orm/entity.js";
export type { AttributeEvents, ClassEvents } from "./orm/events/class-events.js";
export { isListening, listen, type ListenTarget, unlisten } from "./orm/events/listen.js";
export { type LoadPattern, type LoadWatch, watchLoads } from "./orm/events/load-watch.js";
export type { SessionEvents } from "./orm/events/session-events.js";
export { evaluate } from "./orm/evaluate.js";
export type { ComputedDefinition } from "./orm/computed.js";
export { IdentityMapView, IdentitySet } from "./orm/identity-set.js";
export { Automap, automap, type AutomapOptions } from "./orm/automap.js";
export type { AutomapNames } from "./orm/automap-names.js";
export type { AutomappedClass, AutomappedObject } from "./orm/automapped-class.js";
export { type AttributeHistory, type AttributeState, inspect, InstanceState } from "./orm/inspect.js";
export { mapClass, useClass } from "./orm/map-class.js";
export { Mapper, Relationship } from "./orm/mapper.js";
export type { MappingDefinition, RelationshipDefinition } from "./orm/mapping-definition.js";
export { AsyncSession, type AsyncSessionOptions, type AsyncSessionTarget } from "./orm/async-session.js";
export type { ExecuteOptions } from "./orm/execute-in-session.js";
export {
  identityKey,
  makeTransient,
  makeTransientToDetached,
  objectSession,
  wasDeleted,
} from "./orm/instance-operations.js";
export type { SynchronizeSession } from "./orm/load/bulk-write.js";
export type { GetOptions, RefreshOptions } from "./orm/load/get-entity.js";
export type { LoadableAttribute } from "./orm/load/load-attributes.js";
export type { MergeOptions } from "./orm/merge.js";
export {
  type AsyncScopedSession,
  asyncScopedSession,
  type ScopedSession,
  scopedSession,
  SessionRegistry,
} from "./orm/scoped-session.js";
export { Session, type SessionOptions, type SessionTarget } from "./orm/session.js";
export type { SessionApi } from "./orm/session-api.js";
export type { BindChoice, BindPairs, BindQuestion } from "./orm/session-binds.js";
export type { JoinTransactionMode } from "./orm/session-connections.js";
export type { StreamOptions } from "./orm/session-stream.js";
export { AsyncSessionTransaction, SessionTransaction } from "./orm/session-transaction.js";
export { type AsyncSessionMaker, asyncSessionmaker, sessionmaker, type SessionMaker } from "./orm/sessionmaker.js";

// ---- relationships, loading, queries
export { aliased, type Aliased } from "./orm/aliased.js";
export { withParent } from "./orm/relationships/with-parent.js";
export { type Polymorphic, polymorphicIdentity, withPolymorphic } from "./orm/polymorphic.js";
export { bundle } from "./orm/bundle.js";
export { fromStatement } from "./orm/from-statement.js";
export { withLoaderCriteria } from "./orm/load/loader-criteria.js";
export {
  containsEager,
  defaultload,
  defer,
  type DeferOptions,
  immediateload,
  joinedload,
  type JoinedOptions,
  lazyload,
  load,
  loadOnly,
  type LoaderOption,
  noload,
  raiseload,
  type RaiseOptions,
  selectinload,
  type SelectinOptions,
  subqueryload,
  undefer,
} from "./orm/load/loader-options.js";
export { Query, type QueryItem, type QueryRow } from "./orm/query.js";
export { assignCollection, assignRelated, loadCollection, loadRelated } from "./orm/relationships/attributes.js";
export type { Collection, MapCollection, SetCollection } from "./orm/relationships/collection.js";
export { assignShown, assignThrough, type ProxyCollection, showCollection } from "./orm/relationships/proxies.js";
export type { WriteOnlyCollection } from "./orm/relationships/write-only-collection.js";

// ---- errors
export {
  ArgumentError,
  AthanorError,
  CancelledError,
  CannotOpenDatabaseError,
  CheckViolationError,
  CircularDependencyError,
  CommitOutcomeUnknownError,
  CompileError,
  ConcurrentUseError,
  DatabaseError,
  DatabaseLockedError,
  DataError,
  DeadlineExceededError,
  DeadlockError,
  DetachedInstanceError,
  DisconnectError,
  FlushError,
  ForeignKeyViolationError,
  IntegrityError,
  InternalError,
  InvalidRequestError,
  InvalidValueError,
  LockTimeoutError,
  MappingError,
  MissingDriverError,
  MultipleResultsFoundError,
  NoSuchTableError,
  NoResultFoundError,
  NotLoadedError,
  NotNullViolationError,
  ObjectDeletedError,
  ObjectNotExecutableError,
  OperationalError,
  type Outcome,
  PendingRollbackError,
  PoolTimeoutError,
  ProgrammingError,
  QueryCancelledError,
  ReadOnlyDatabaseError,
  ResourceClosedError,
  type RetryAdvice,
  SerializationError,
  StaleDataError,
  UnboundExecutionError,
  UnevaluatableError,
  StatementTimeoutError,
  TooManyConnectionsError,
  TransactionAbortedError,
  UniqueViolationError,
  UrlError,
} from "./errors/errors.js";
