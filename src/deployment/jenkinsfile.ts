/** Jenkinsfiles → what their `sh` steps say of migrations; only strings that hold nothing computed are read. */
import type { DeploymentFact, OnError } from '../operations/deployment.ts';
import { partOf, spanIn, wholeFragment, type Reader } from './reader.ts';
import { readShell } from './shell/read-shell.ts';

type Token = { kind: 'word' | 'sign' | 'text'; start: number; end: number; text: string; isLiteral?: boolean };

/** The facts of a file. A step runs as `sh -xe`: https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#sh-shell-script */
export function readJenkinsfile(reader: Reader): DeploymentFact[] {
  const tokens = tokensOf(reader.text);
  const whole = wholeFragment(reader.text);
  const facts: DeploymentFact[] = [];
  /** What opened each brace, with the stage that it is. */
  const open: { word: string; ignores: boolean }[] = [];
  let stage = '';
  for (const [at, token] of tokens.entries()) {
    if (token.text === '{' && token.kind === 'sign') open.push(openerOf(tokens, at));
    if (token.text === '}' && token.kind === 'sign') open.pop();
    if (token.kind !== 'word') continue;
    if (token.text === 'stage') stage = nextText(tokens, at)?.text ?? stage;
    const script = token.text === 'sh' ? scriptAfter(tokens, at, reader.text) : undefined;
    if (!script) continue;
    const { given, isUnheard } = script;
    const ignoring = open.findLast(({ ignores }) => ignores)?.word ?? (isUnheard ? 'returnStatus: true' : undefined);
    const place = { kind: 'step' as const, deploys: /deploy|release|prod|staging/i.test(stage) };
    const fragment = partOf(whole, given.start, given.end);
    const read = readShell(fragment, { place, failsFast: true, pipefail: false }, reader);
    const span = spanIn(whole, token.start, given.end, reader);
    facts.push(...read.map((fact) => ignoredBy(fact, ignoring, span)));
  }
  return facts;
}

function ignoredBy(fact: DeploymentFact, how: string | undefined, span: DeploymentFact['span']): DeploymentFact {
  if (how === undefined || !('onError' in fact) || fact.onError.kind === 'goesOn') return fact;
  const onError: OnError = { kind: 'goesOn', how, explicit: true, span };
  return { ...fact, onError };
}

/** `sh '…'`, `sh('…')`, `sh script: '…', returnStatus: true`. */
function scriptAfter(
  tokens: readonly Token[],
  at: number,
  text: string,
): { given: Token; isUnheard: boolean } | undefined {
  const parts = argumentsAfter(tokens, at, text);
  const valueOf = (name: string) => {
    const found = parts.findIndex((token, index) => token.text === name && parts[index + 1]?.text === ':');
    return found === -1 ? undefined : parts[found + 2];
  };
  const given = parts[0]?.kind === 'text' ? parts[0] : valueOf('script');
  if (given?.kind !== 'text' || !given.isLiteral) return undefined;
  // `def code = sh(…)`: somebody looks at it.
  const isAsked = ['=', 'return', '('].includes(tokens[at - 1]?.text ?? '');
  return { given, isUnheard: !isAsked && valueOf('returnStatus')?.text === 'true' };
}

/** What a call is given: in brackets, or to the end of the line that does not end in a comma. */
function argumentsAfter(tokens: readonly Token[], at: number, text: string): Token[] {
  const isCalled = tokens[at + 1]?.text === '(';
  const parts: Token[] = [];
  for (let index = at + (isCalled ? 2 : 1); index < tokens.length && parts.length < mostArguments; index++) {
    const [before, token] = [tokens[index - 1], tokens[index]];
    if (!before || !token || (isCalled && token.text === ')')) break;
    if (!isCalled && before.text !== ',' && /\n/.test(text.slice(before.end, token.start))) break;
    parts.push(token);
  }
  return parts;
}

const mostArguments = 30;

/** `catchError(…) {` and `warnError(…) {` go on: https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/ */
function openerOf(tokens: readonly Token[], at: number): { word: string; ignores: boolean } {
  let from = at - 1;
  if (tokens[from]?.text === ')') {
    let depth = 0;
    for (; from >= 0; from--) {
      if (tokens[from]?.text === ')') depth++;
      if (tokens[from]?.text === '(' && --depth === 0) break;
    }
    from--;
  }
  const word = tokens[from]?.kind === 'word' ? (tokens[from]?.text ?? '') : '';
  return { word, ignores: word === 'catchError' || word === 'warnError' };
}

function nextText(tokens: readonly Token[], at: number): Token | undefined {
  return tokens.slice(at + 1, at + 3).find(({ kind }) => kind === 'text');
}

/** Words, strings and signs of Groovy; comments are passed over. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'''[^]*?(?:'''|$)|"""[^]*?(?:"""|$)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|[^\s\w]/g;
  for (const match of text.matchAll(pattern)) {
    const [written] = match;
    const start = match.index;
    if (written.startsWith('//') || written.startsWith('/*')) continue;
    const [, quote] = /^('''|"""|'|")[^]*\1$/.exec(written) ?? [];
    if (quote === undefined || written.length < 2 * quote.length) {
      tokens.push({ kind: /^\w/.test(written) ? 'word' : 'sign', start, end: start + written.length, text: written });
      continue;
    }
    const inner = written.slice(quote.length, -quote.length);
    const isLiteral = !inner.includes('\\') && !(quote.startsWith('"') && inner.includes('$'));
    tokens.push({
      kind: 'text',
      start: start + quote.length,
      end: start + written.length - quote.length,
      text: inner,
      isLiteral,
    });
  }
  return tokens;
}
