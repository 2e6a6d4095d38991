// Wording of the diagnostics about what a schema means, S2xxx to S6xxx, merged from one table a subject.
import { columnMessages } from "./column-messages.js";
import { dialectMessages } from "./dialect-messages.js";
import { keyMessages } from "./key-messages.js";
import { nameMessages } from "./name-messages.js";
import { relationshipMessages } from "./relationship-messages.js";

export const schemaMessages = {
  ...nameMessages,
  ...columnMessages,
  ...keyMessages,
  ...relationshipMessages,
  ...dialectMessages,
};
