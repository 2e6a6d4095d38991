// MySQL's and MariaDB's transactions: a level is said for the next transaction alone, and nothing of it outlives it.
import type { TransactionCharacteristics, TransactionDialect } from "../transaction-dialect.js";

export const mysqlTransactions: TransactionDialect = {
  isolationLevels: ["READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "AUTOCOMMIT"],
  waitsForWrite: () => false,
  begin: ({ isolationLevel, readOnly }: TransactionCharacteristics) => {
    const start = readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION";
    return isolationLevel === null ? [start] : [`SET TRANSACTION ISOLATION LEVEL ${isolationLevel}`, start];
  },
  end: () => [],
  oneWriter: false,
};
