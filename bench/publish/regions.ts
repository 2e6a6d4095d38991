// Regions of a Markdown document that a command writes: what stands between two comments that name it.

/** Replaces the region `name` of `document` by `content`. Throws where the document has no such region. */
export function replaceRegion(document: string, name: string, content: string): string {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) throw new RangeError(`there is no region between ${begin} and ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${content.trim()}\n\n${document.slice(to)}`;
}
