// SQLite's transactions: the write lock is taken at once, before the first write, instead of failing half-way.
import type { TransactionCharacteristics, TransactionDialect } from "../transaction-dialect.js";

export const sqliteTransactions: TransactionDialect = {
  isolationLevels: ["SERIALIZABLE", "AUTOCOMMIT"],
  // Who asks for SERIALIZABLE wants what it reads and what it writes afterwards to be one.
  waitsForWrite: ({ isolationLevel }: TransactionCharacteristics) => isolationLevel === null,
  begin: ({ readOnly }: TransactionCharacteristics) =>
    readOnly ? ["PRAGMA query_only = ON", "BEGIN"] : ["BEGIN IMMEDIATE"],
  end: ({ readOnly }: TransactionCharacteristics) => (readOnly ? ["PRAGMA query_only = OFF"] : []),
  oneWriter: true,
};
