// Every diagnostic the compiler can give, as data: code, severity and wording. Codes are never reused or renumbered.
import type { MessageTemplate } from "./message-template.js";
import { schemaMessages } from "./schema-messages.js";
import { syntaxMessages } from "./syntax-messages.js";

const messages = { ...syntaxMessages, ...schemaMessages };

export type DiagnosticCode = keyof typeof messages;

/** What a code's message must be told. */
export type MessageArguments<Code extends DiagnosticCode> = Parameters<(typeof messages)[Code]["message"]>;

type MessageCatalog = {
  readonly [Code in DiagnosticCode]: MessageTemplate<MessageArguments<Code>>;
};

export const catalog: MessageCatalog = messages;
