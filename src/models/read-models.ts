/** A file of an application → what its models say: plain facts, so that rules need no syntax trees. */
import { createLocator } from '../frontends/sql/text.ts';
import { loadParser, type SyntaxNode } from '../frontends/syntax/tree.ts';
import type { ModelFile } from '../operations/models.ts';
import { sizeLimit } from './paths.ts';
import { readClasses } from './rails/classes.ts';
import { readUses } from './rails/uses.ts';

/** What is read: plain data, so that it can go to a worker. */
export type ModelSource = { path: string; text: string };

/** What the readers of Ruby share. */
export type RubyFile = ModelSource & { spanOf: (node: SyntaxNode) => ModelFile['uses'][number]['span'] };

/** Reads one model, concern or migration. Never rejects at what stands in it; what it does not know is left out. */
export async function readModels({ path, text }: ModelSource): Promise<ModelFile> {
  if (text.length > sizeLimit) return { path, classes: [], aliases: [], uses: [] };
  const parse = await loadParser('ruby');
  const locate = createLocator(path, text);
  const file = { path, text, spanOf: (node: SyntaxNode) => locate(node.start, node.end) };
  const root = parse(text);
  return { path, ...readClasses(file, root), uses: readUses(file, root) };
}
