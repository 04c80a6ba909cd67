/** Passwords that a migration gives to users of the database, in SQL or in strings of a program. */
import type { DeploymentFact } from '../operations/deployment.ts';
import { isPlaceholder } from './credential.ts';
import type { Reader } from './reader.ts';

type Word = { text: string; upper: string; start: number };

/** The statements that make or change a user and say the password: CREATE ROLE … PASSWORD '…', CREATE USER … IDENTIFIED BY '…'. */
export function readRolePasswords({ path, text, locate }: Pick<Reader, 'path' | 'text' | 'locate'>): DeploymentFact[] {
  const words = wordsOf(text);
  return words.flatMap((word, index): DeploymentFact[] => {
    const kind = words[index + 1]?.upper ?? '';
    if (!/^(?:CREATE|ALTER)$/.test(word.upper) || !/^(?:USER|ROLE|LOGIN|GROUP)$/.test(kind)) return [];
    const secret = secretIn(statementFrom(words, index));
    if (!secret) return [];
    const statement = `${word.upper} ${kind} ${nameAt(words, index + 2)}`;
    return [
      { kind: 'credential', where: path, statement, span: locate(word.start, secret.start + secret.text.length) },
    ];
  });
}

/** Words, quoted strings of SQL and semicolons; what quotes a string of the program around them is passed over. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/'[^'\n]*'|[^\s;"'`(),=]+|;/g)].map((match) => ({
    text: match[0],
    upper: match[0].toUpperCase(),
    start: match.index,
  }));
}

/** Longer than anybody writes one. */
const mostWords = 40;

function statementFrom(words: readonly Word[], index: number): Word[] {
  const statement = words.slice(index, index + mostWords);
  const end = statement.findIndex(({ text }, at) => at > 0 && text === ';');
  return end === -1 ? statement : statement.slice(0, end);
}

/** `'reader'@'%'` is written without its quotes. */
function nameAt(words: readonly Word[], index: number): string {
  const [name, sign, host] = words.slice(index, index + 3).map(({ text }) => text.replaceAll("'", ''));
  return sign === '@' ? `${name}@${host}` : (name ?? '');
}

function secretIn(statement: readonly Word[]): Word | undefined {
  return statement.find((word, index) => {
    const before = statement[index - 1]?.upper ?? '';
    return /^(?:PASSWORD|BY)$/.test(before) && isSecret(word.text);
  });
}

function isSecret(quoted: string): boolean {
  return quoted.length > 2 && quoted.startsWith("'") && !isPlaceholder(quoted.slice(1, -1));
}
