// Types of an application's own over one of the database's: a value is converted before it is sent and after it was
// read, whatever the dialect.
import { ArgumentError } from "../errors/errors.js";
import { ColumnBuilder } from "./column-builder.js";
import { DeclaredType } from "./declared-type.js";
import type { Mutation, SqlType, TypeCodec, ValueConverter } from "./sql-type.js";

/** How values of `T` are kept as values of `I`; neither function ever meets null. */
export interface CustomTypeOptions<T, I> {
  /** Shown where the type is printed. */
  readonly name: string;
  /** The type in the database. */
  readonly impl: ColumnBuilder<I>;
  /** To the database's value. Throws what the application likes for a value that is none. */
  readonly encode: (value: NonNullable<T>) => NonNullable<I>;
  readonly decode: (value: NonNullable<I>) => NonNullable<T>;
  /**
   * For values that change in place: how they are copied and compared, so that a flush finds that they did. Where not
   * given, arrays and plain objects over a document or an array are compared, class instances are not.
   */
  readonly mutable?: Mutation<NonNullable<T>> | undefined;
}

let definitions = 0;

export class CustomType<T = unknown> extends DeclaredType<T> {
  readonly #impl: SqlType;
  readonly #encode: ValueConverter;
  readonly #decode: ValueConverter;
  readonly #mutation: Mutation | null;

  constructor(
    name: string,
    impl: DeclaredType,
    encode: ValueConverter,
    decode: ValueConverter,
    mutation: Mutation | null,
  ) {
    super(impl.logical, `${name} (custom type ${++definitions})`, impl);
    this.#impl = impl;
    this.#encode = encode;
    this.#decode = decode;
    this.#mutation = mutation;
  }

  /** How values change in place, where the definition says it; else null. */
  get mutation(): Mutation | null {
    return this.#mutation;
  }

  /** The type, where it is a custom one or a column's description of one; else null. */
  static of(type: SqlType): CustomType | null {
    const declared = type instanceof ColumnBuilder ? type.type : type;
    return declared instanceof CustomType ? declared : null;
  }

  /** The conversions put before and after those of the type in the database. */
  codec(codecFor: (type: SqlType) => TypeCodec): TypeCodec {
    const inner = codecFor(this.#impl);
    const encode = this.#encode;
    return {
      ...inner,
      encode: inner.encode === null ? encode : chained(encode, inner.encode),
      ...(inner.encodeStored === undefined ? {} : { encodeStored: chained(encode, inner.encodeStored) }),
      decode: this.#decoder(inner.decode),
      decodeWide: this.#decoder(inner.decodeWide),
      decodeLate: false,
      canonical: null,
    };
  }

  #decoder(inner: ValueConverter | null): ValueConverter {
    return inner === null ? this.#decode : chained(inner, this.#decode);
  }
}

function chained(first: ValueConverter, second: ValueConverter): ValueConverter {
  return (value) => second(first(value));
}

/**
 * A column type of the application's own (SQLAlchemy's `TypeDecorator`):
 * `customType<URL, string>({ name: "Url", impl: Text(), encode: String, decode: (text) => new URL(text) })`.
 * Two definitions are two types, however alike. NULL stays NULL.
 */
export function customType<T, I>(options: CustomTypeOptions<T, I>): ColumnBuilder<T> {
  const { name, impl, encode, decode, mutable } = options;
  if (typeof name !== "string" || name === "") throw new ArgumentError("customType() takes a name.");
  if (!(impl instanceof ColumnBuilder)) throw new ArgumentError("customType() takes one of the column types as impl.");
  if (typeof encode !== "function" || typeof decode !== "function") {
    throw new ArgumentError("customType() takes the functions encode and decode.");
  }
  if (mutable !== undefined && (typeof mutable.copy !== "function" || typeof mutable.equals !== "function")) {
    throw new ArgumentError("customType() takes mutable as the functions copy and equals.");
  }
  // Sound: values reach the functions as the types of columns and expressions have them.
  const mutation = (mutable ?? null) as Mutation | null;
  const type = new CustomType<T>(name, impl.type, encode as ValueConverter, decode as ValueConverter, mutation);
  return new ColumnBuilder<T>(type);
}

/** A dialect's codecs, for custom types too. */
export function withCustomTypes(codecFor: (type: SqlType) => TypeCodec): (type: SqlType) => TypeCodec {
  const known = new WeakMap<CustomType, TypeCodec>();
  return (type) => {
    const custom = CustomType.of(type);
    if (custom === null) return codecFor(type);
    let codec = known.get(custom);
    if (codec === undefined) known.set(custom, (codec = custom.codec(codecFor)));
    return codec;
  };
}
