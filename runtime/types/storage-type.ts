// What a type is under the name that a domain gives it.
import type { DeclaredType } from "./declared-type.js";

/** The type at the bottom of a domain; any other type itself. */
export function storageType(type: DeclaredType): DeclaredType {
  return type.logical.kind === "domain" && type.inner !== undefined ? storageType(type.inner) : type;
}

/** Every domain that the type is made of, outermost first. */
export function domainsOf(type: DeclaredType): readonly DeclaredType[] {
  return type.logical.kind === "domain" && type.inner !== undefined ? [type, ...domainsOf(type.inner)] : [];
}
