// Names on their way into TypeScript: which texts may stand as identifiers, and how the others are quoted.
// The one gate between a schema's words and generated code; ts-morph is none.
import { isPromiseMethod, isReservedWord, pascalCase } from "../../model/naming.js";
import { stringLiteral } from "./literals.js";

const identifierShape = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** True where `name` may be declared as a variable, function, class or type, and exported. */
export function isBindable(name: string): boolean {
  return identifierShape.test(name) && !isReservedWord(name) && !isPromiseMethod(name);
}

/** A property's name as it stands in a declaration or an object literal: `name`, or `"in quotes"`. */
export function memberName(name: string): string {
  return identifierShape.test(name) ? name : stringLiteral(name);
}

/** The same as a key of an object literal, where `__proto__` would not be a property. */
export function keyName(name: string): string {
  return name === "__proto__" ? `[${stringLiteral(name)}]` : memberName(name);
}

/** Reading property `name` of the object that `target` denotes. */
export function memberAccess(target: string, name: string): string {
  return identifierShape.test(name) ? `${target}.${name}` : `${target}[${stringLiteral(name)}]`;
}

/** A name for a constant from any text: `user_account` → `userAccount`; empty where no character can be used. */
export function constantName(name: string): string {
  const words = pascalCase(name);
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** A class's module: `UserAccount` is in `user-account`. Lower case, so that modules differ on every disk. */
export function moduleName(className: string): string {
  return className
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1-$2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
