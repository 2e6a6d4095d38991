// Whether a string is text: lone surrogates have no UTF-8 form, so every driver would silently replace them.

/** False where the string holds half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  // Sound: every supported Node has this method; the language version that declares it is newer than our target.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
