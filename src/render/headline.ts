/** Takes the first sentence of a message as its headline. */

/** A message in two: the first sentence without its full stop, and what follows. Both are raw Markdown. */
export function splitHeadline(message: string): { headline: string; rest: string } {
  const end = sentenceEnd(message);
  const headline = message.slice(0, end).trim().replaceAll('**', '');
  if (headline === '' || lengthOf(headline) > longestHeadline || headline.includes('\n'))
    return { headline: '', rest: message };
  return { headline: headline.replace(/[.:]$/, ''), rest: message.slice(end).trim() };
}

const longestHeadline = 240;

/** A path is taken in at a glance, however long it is. */
function lengthOf(headline: string): number {
  if (headline.length > 4 * longestHeadline) return headline.length;
  return headline.replace(/(`+)(?!`)(.{40}).*?(?<!`)\1(?!`)/g, '$1$2$1').length;
}

/** Where the first sentence ends, code spans not looked into. */
function sentenceEnd(message: string): number {
  for (let at = 0; at < Math.min(message.length, longestHeadline * 4); at++) {
    if (message[at] === '`') at = spanEnd(message, at);
    else if (message.startsWith('\n\n', at)) return at;
    else if (/^[.:]\s+[^\p{Ll}\s]/u.test(message.slice(at, at + 4))) return at + 1;
  }
  return message.length;
}

/** The last backtick of a span that begins here, or of the run of backticks where there is none. */
function spanEnd(message: string, start: number): number {
  const run = /^`+/.exec(message.slice(start, start + 100))?.[0] ?? '`';
  const close = message.indexOf(run, start + run.length);
  return close < 0 ? start + run.length - 1 : close + run.length - 1;
}
