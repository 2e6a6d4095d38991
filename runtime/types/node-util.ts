// The platform's `node:util`, taken when it is first needed. An import would read every export of it, and behind many
// of them stands a module that Node loads only then: a tenth of what importing this whole package costs.

const take = () => process.getBuiltinModule("node:util");

let taken: ReturnType<typeof take> | undefined;

export function nodeUtil(): ReturnType<typeof take> {
  return (taken ??= take());
}
