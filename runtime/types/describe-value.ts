// A JavaScript value in a few words, for error messages. Calls no method of the value and prints no more than a line.
import { isWellFormed } from "./well-formed.js";

/** Such as `the number 1.5`, `a string "abc"`, `an instance of Date`, `undefined`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "string":
      return isWellFormed(value) ? `the string ${shorten(value)}` : `a string with a lone surrogate, ${shorten(value)}`;
    case "number":
      return `the number ${Object.is(value, -0) ? "-0" : value}`;
    case "bigint":
      return `the bigint ${value}n`;
    case "boolean":
      return `the boolean ${value}`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    default:
      return describeObject(value);
  }
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function describeObject(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  // Sound: a prototype is an object or null.
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return "a plain object";
  // The platform's own tag (`[object Temporal.PlainDate]`) or the constructor's name, read as data.
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== "Object") return `an instance of ${tag}`;
  const name = ownConstructorName(prototype);
  return typeof name === "string" && name !== "" ? `an instance of ${name}` : "an object";
}

function ownConstructorName(prototype: object): unknown {
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return typeof constructor === "function" ? constructor.name : undefined;
}
