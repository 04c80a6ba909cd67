/** A file of an application → what its models say: plain facts, so that rules need no syntax trees. */
import type { Dialect } from '../frontends/sql/tokens.ts';
import { createLocator } from '../frontends/sql/text.ts';
import { loadScriptParser } from '../frontends/syntax/script-tree.ts';
import { loadParser, type SyntaxNode } from '../frontends/syntax/tree.ts';
import type { Sought } from '../operations/mentions.ts';
import { emptyModelFile, type ModelFile } from '../operations/models.ts';
import type { Span } from '../operations/operation.ts';
import { readScriptModels } from './javascript/read-script-models.ts';
import { readMentions } from './mentions/read-mentions.ts';
import { isScript, sizeLimit } from './paths.ts';
import { readMapped } from './read-mapped.ts';
import { readClasses } from './rails/classes.ts';
import { readUses } from './rails/uses.ts';

/**
 * What is read: plain data, so that it can go to a worker. `kin`: the migrations of its app by their paths, where a model is
 * compared with them. `sought`: nothing is asked of the file but where it names these columns.
 */
export type ModelSource = {
  path: string;
  text: string;
  kin?: Record<string, string>;
  sought?: { columns: readonly Sought[]; dialect: Dialect };
};

/** What the readers of Ruby share. */
export type RubyFile = ModelSource & { spanOf: (node: SyntaxNode) => Span };

/** Reads one model, concern or migration. Never rejects at what stands in it; what it does not know is left out. */
export async function readModels(source: ModelSource): Promise<ModelFile> {
  const { path, text, sought } = source;
  if (sought)
    return { ...emptyModelFile(path), mentions: await readMentions(path, text, sought.columns, sought.dialect) };
  if (text.length > sizeLimit) return emptyModelFile(path);
  if (isScript(path)) {
    await loadScriptParser();
    return { ...emptyModelFile(path), mapped: readScriptModels(source) };
  }
  const locate = createLocator(path, text);
  const spanOf = (node: SyntaxNode) => locate(node.start, node.end);
  if (path.endsWith('.py'))
    return { ...emptyModelFile(path), mapped: readMapped({ ...source, spanOf }, await loadParser('python')) };
  const parse = await loadParser('ruby');
  const file = { path, text, spanOf };
  const root = parse(text);
  return { ...emptyModelFile(path), ...readClasses(file, root), uses: readUses(file, root) };
}
