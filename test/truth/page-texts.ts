/** What a rule says: its page and its source. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands before the first section, links as their words. */
export function proseOf(id: string): string {
  const markdown = readFileSync(join(import.meta.dirname, `../../rules/${id}.md`), 'utf8');
  return (markdown.split('\n## ')[0] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

/** The rule, with the advice that it imports. */
export function sourceOf(id: string): string {
  const folder = join(import.meta.dirname, '../../rules');
  const rule = readFileSync(join(folder, `${id}.ts`), 'utf8');
  const advice = [...rule.matchAll(/from '\.\/(advice\/[\w-]+\.ts)'/g)].map(([, path = '']) => path);
  const texts = [rule, ...advice.map((path) => readFileSync(join(folder, path), 'utf8'))];
  return texts.join('\n').replaceAll('\\`', '`');
}
