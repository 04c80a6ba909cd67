/** Reads both directions of a migration in SQL, in one file or two; what a framework adds is its `Layout`. */
import type { Down, Transaction } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { readStretches, type Stretch } from './read-stretches.ts';
import { createLocator, wholeFile } from './text.ts';

/** What each direction runs of one file. `down` is absent where the file has no place for it; `outside` belongs to neither. */
export type Sections = { up: Stretch[]; down?: Stretch[]; outside: Stretch[] };

export type Layout = {
  /** How the file is cut; absent where all of it is the one direction. */
  sections?: (file: SourceFile, source: Source) => Sections;
  /** Where the other direction stands, a path or what the framework has instead; absent where it stands in the same file. */
  down?: (file: SourceFile, source: Source) => string | Exclude<Down, { kind: 'written' | 'empty' }>;
  transaction: (up: Direction, source: Source) => Transaction;
};

/** The up direction, for frameworks whose transaction depends on what stands in it. */
export type Direction = { file: SourceFile; stretches: Stretch[] };

/** Reads a migration laid out so. A direction that should be there and is not at hand becomes an opaque operation. */
export function readDirections(source: Source, layout: Layout): Reading {
  const file = source.files.up;
  if (!file) return readWithoutUp(source);
  const sections = layout.sections?.(file, source) ?? { up: [wholeFile(file.path, file.text)], outside: [] };
  const reading = readStretches([...sections.outside, ...sections.up].sort(byStart), source.database);
  const down = readDownOf(file, sections, source, layout);
  return {
    transaction: layout.transaction({ file, stretches: sections.up }, source),
    up: reading.operations,
    down: down.down,
    statements: reading.statements,
    comments: [...reading.comments, ...down.comments],
  };
}

function readWithoutUp(source: Source): Reading {
  const path = source.files.down?.path ?? '';
  return {
    transaction: 'unknown',
    up: [unreadOperation(path, 'the up direction of this migration was not found')],
    down: source.files.down ? readDownFile(source.files.down, source).down : { kind: 'missing' },
    statements: 1,
    comments: [],
  };
}

type DownReading = Pick<Reading, 'down' | 'comments'>;

function readDownOf(file: SourceFile, sections: Sections, source: Source, layout: Layout): DownReading {
  if (sections.down) return readDownStretches(file.path, sections.down, source);
  const place = layout.down?.(file, source) ?? { kind: 'missing' };
  if (typeof place !== 'string') return { down: place, comments: [] };
  const text = source.files.down?.text ?? source.project.textOf(place);
  if (text !== undefined) return readDownFile({ path: source.files.down?.path ?? place, text }, source);
  if (!source.project.paths.has(place)) return { down: { kind: 'missing' }, comments: [] };
  const operations = [unreadOperation(place, 'its text was not at hand')];
  return { down: { kind: 'written', path: place, operations }, comments: [] };
}

function readDownFile(file: SourceFile, source: Source): DownReading {
  return readDownStretches(file.path, [wholeFile(file.path, file.text)], source);
}

/** A placeholder such as SELECT 'down' counts as empty: it takes nothing back. */
function readDownStretches(path: string, stretches: Stretch[], source: Source): DownReading {
  const { operations, comments } = readStretches(stretches, source.database);
  const isEmpty = operations.every((operation) => operation.kind === 'noEffect');
  return { down: isEmpty ? { kind: 'empty', path } : { kind: 'written', path, operations }, comments };
}

function unreadOperation(path: string, reason: string): Operation {
  return { kind: 'opaque', reason, span: createLocator(path, ' ')(0, 1), statement: 1 };
}

function byStart(one: Stretch, other: Stretch): number {
  return one.start - other.start;
}
