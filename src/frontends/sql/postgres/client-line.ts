/** Lines for psql: what a backslash command does, as far as it stands in the file. */
import type { Effect } from './statement.ts';

/** Commands that show, name or steer, and leave schema and data alone. */
const silent = new Set(
  `. a bind bind_named C c cd close close_prepared conninfo connect crosstabview crosstabviewx d df di dn dt du dv e echo edit encoding
  endpipeline errverbose f flush flushrequest getenv getresults g gdesc gset gx h H help l o p parse password prompt pset q qecho r
  reset restrict s sendpipeline set setenv startpipeline syncpipeline sf sv t T timing unrestrict unset w warn watch x z if elif else endif`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What a line for psql does. */
export function readClientLine(line: string): Effect {
  const command = /^\\([^\s\\]*)/.exec(line)?.[1] ?? '';
  if (command === 'copy') return readCopy(line);
  if (/^(i|ir|include|include_relative)$/.test(command))
    return { kind: 'opaque', reason: 'psql runs another file here, which is not read' };
  if (command === 'gexec') return { kind: 'opaque', reason: 'it runs SQL that is put together at run time' };
  if (command === '!') return { kind: 'opaque', reason: 'psql runs a shell command here' };
  if (silent.has(command) || /^d[A-Za-z]*[+SX]*$/.test(command)) return { kind: 'noEffect', what: `\\${command}` };
  return { kind: 'opaque', reason: `\\${command} of psql is not known here` };
}

/** `\copy table (columns) from …` loads rows; `\copy … to …` writes a file of the client's. */
function readCopy(line: string): Effect {
  const parts = /^\\copy\s+(\([^]*\)|[^\s(]+)\s*(?:\([^)]*\))?\s*(from|to)\b/i.exec(line);
  const table = parts?.[1];
  if (!parts || table === undefined) return { kind: 'opaque', reason: 'this form of \\copy is not known here' };
  if (parts[2]?.toLowerCase() === 'to') return { kind: 'noEffect', what: '\\copy to' };
  return { kind: 'insertRows', table: foldedName(table), source: 'file' };
}

function foldedName(name: string): string {
  const parts = name.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const folded = parts.map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  );
  return (folded[0] === 'public' ? folded.slice(1) : folded).join('.');
}
