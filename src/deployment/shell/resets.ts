/** What in a script empties a database, and whether anything asks before it does. */
import type { SyntaxNode } from '../../frontends/syntax/tree.ts';
import { runsProgram } from '../known-commands.ts';
import { commandsIn, scriptText, type Script, type ShellCommand } from './script.ts';
import { endsWithFailure } from './on-error.ts';

/** Programs that send SQL, and those that hand it to one in a container. */
const senders =
  /^(?:psql|mysql|mariadb|sqlcmd|sqlite3|kubectl|oc|docker|docker-compose|podman|heroku|fly|flyctl|cockroach|usql)$/;

/** The words of SQL that drop a whole schema or database in what a command is given, or undefined. */
export function findDrop(command: ShellCommand, script: Script): { start: number; end: number } | undefined {
  const words = command.words.map((word) => word.text);
  if (!runsProgram(words, senders)) return undefined;
  const given = [...command.words.map((word) => word.node), ...heredocsOf(command.node, script)];
  for (const node of given) {
    const found = findDropIn(scriptText(node, script));
    if (found) return { start: node.start + found.start, end: node.start + found.end };
  }
  return undefined;
}

/** DROP SCHEMA … CASCADE or DROP DATABASE in a text, word by word. */
export function findDropIn(text: string): { start: number; end: number } | undefined {
  const words = [...text.matchAll(/[^\s;"'`]+|;/g)];
  const upper = words.map((word) => word[0].toUpperCase());
  for (const [index, word] of upper.entries()) {
    if (word !== 'DROP') continue;
    const end = upper.indexOf(';', index);
    const statement = upper.slice(index, end === -1 ? index + 12 : end);
    const cascade = statement.indexOf('CASCADE');
    const last = statement[1] === 'DATABASE' ? statement.length - 1 : statement[1] === 'SCHEMA' ? cascade : -1;
    const lastWord = words[index + last];
    if (last > 0 && lastWord) return { start: words[index]?.index ?? 0, end: lastWord.index + lastWord[0].length };
  }
  return undefined;
}

/** A database that the script has made itself before, by the same name: it takes back what it made. */
export function isOwnDatabase(words: readonly string[], node: SyntaxNode, script: Script): boolean {
  const name = words.at(-1)?.replace(/["';]/g, '') ?? '';
  if (!words.some((word) => /^(?:(?:.*\/)?dropdb|database)$/i.test(word)) || name === '') return false;
  return script.commands.some((earlier) => {
    const text = scriptText(earlier.node, script);
    const makes =
      /\bcreatedb\b/.test(text) || (/\bcreate\s+database\b/i.test(text) && !/\bdrop\s+database\b/i.test(text));
    return earlier.node.end <= node.start && makes && text.includes(name);
  });
}

/** The bodies of the here-documents that a command reads. */
export function heredocsOf(command: SyntaxNode, script: Script): SyntaxNode[] {
  const statement = script.parents.get(command);
  if (statement?.type !== 'redirected_statement') return [];
  return statement.children
    .filter((child) => child.type === 'heredoc_redirect')
    .flatMap((redirect) => redirect.children.filter((child) => child.type === 'heredoc_body'));
}

/** What stands before a command and could keep it from running: a question to a person, a refusal by environment. */
export function asksBefore(node: SyntaxNode, script: Script): { person: boolean; environment: boolean } {
  const before = script.commands.filter((command) => command.node.start < node.start);
  const person = before.some(({ words }) => words[0]?.text === 'read' && words.length > 1);
  return { person: person && !canSkipQuestion(script), environment: refuses(script.root, node, script) };
}

/** An option such as --yes answers for the person. */
function canSkipQuestion(script: Script): boolean {
  const isChosen = findNodes(script.root, 'case_item').some((item) =>
    /^\s*(?:-y|--yes|--force|-f)\b/.test(scriptText(item, script)),
  );
  // `-f` asks for a file there.
  return (
    isChosen ||
    findNodes(script.root, 'test_command').some((test) =>
      /\s["']?(?:-y|--yes|--force)["']?\s/.test(scriptText(test, script)),
    )
  );
}

/** A test of the environment that ends the script, before the command. */
function refuses(root: SyntaxNode, node: SyntaxNode, script: Script): boolean {
  const guards = [...findNodes(root, 'if_statement'), ...findNodes(root, 'list'), ...findNodes(root, 'case_statement')];
  return guards.some(
    (guard) =>
      guard.end <= node.start &&
      endsWithFailure(guard, script) &&
      /prod|(?:_|\b)ENV\b|ENVIRONMENT|context|stage/i.test(conditionText(guard, script)),
  );
}

function conditionText(guard: SyntaxNode, script: Script): string {
  const head =
    guard.type === 'list'
      ? guard.children[0]
      : guard.children.find((child) => child.field === 'condition' || child.field === 'value');
  return head ? scriptText(head, script) : '';
}

function findNodes(node: SyntaxNode, type: string): SyntaxNode[] {
  return [...(node.type === type ? [node] : []), ...node.children.flatMap((child) => findNodes(child, type))];
}

/** The first command of a script that serves, as far as its name tells: what comes last and takes over. */
export function takesOver(script: Script): boolean {
  return commandsIn(script.root, script).some(
    ({ words }) => words[0]?.text === 'exec' && words.length > 1 && !words[1]?.text.startsWith('&'),
  );
}
