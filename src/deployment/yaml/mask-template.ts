/** Makes YAML of a Helm template: what stands between `{{` and `}}` is covered at equal length, so that every offset stays. */

/** The text with its expressions covered: a line of nothing else becomes a comment, within a line a word stands for them. */
export function maskTemplate(text: string): string {
  if (!text.includes('{{')) return text;
  const masked = text.split('');
  for (let open = text.indexOf('{{'); open !== -1;) {
    const close = text.indexOf('}}', open);
    const end = close === -1 ? text.length : close + 2;
    for (let index = open; index < end; index++)
      if (text[index] !== '\n' && text[index] !== '\r') masked[index] = cover;
    open = text.indexOf('{{', end);
  }
  return masked.join('').replace(wholeLine, (_, indent: string, line: string) => indent + '#'.padEnd(line.length, ' '));
}

/** One code unit that no YAML gives a meaning to. */
const cover = 'x';
/** A line of covers alone. A word of this many x is no one's. */
const wholeLine = /^([ \t]*)(x{4}[x \t]*)$/gm;

/** True where a stretch of a file is, or holds, an expression of a template or a parameter of one. */
export function isTemplated(text: string): boolean {
  return text.includes('{{') || /\$\{/.test(text);
}
