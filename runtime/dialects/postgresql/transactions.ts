// PostgreSQL's transactions: one BEGIN says level and mode, and nothing of it outlives the transaction.
import type { TransactionCharacteristics, TransactionDialect } from "../transaction-dialect.js";

export const postgresqlTransactions: TransactionDialect = {
  isolationLevels: ["READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "AUTOCOMMIT"],
  waitsForWrite: () => false,
  begin: ({ isolationLevel, readOnly }: TransactionCharacteristics) => {
    const level = isolationLevel === null ? "" : ` ISOLATION LEVEL ${isolationLevel}`;
    return [`BEGIN${level}${readOnly ? " READ ONLY" : ""}`];
  },
  end: () => [],
  oneWriter: false,
};
