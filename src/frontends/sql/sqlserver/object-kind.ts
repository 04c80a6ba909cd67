/** The kinds of objects in SQL Server beside tables, indexes and types. */
import type { ObjectKind } from '../../../operations/object-operation.ts';
import { accept, type Cursor } from '../cursor.ts';

/** Moves past the words that name a kind of object, or stays where they are not known. */
export function takeObjectKind(cursor: Cursor): ObjectKind | undefined {
  return kinds.find(({ words }) => accept(cursor, ...words))?.kind;
}

const kinds: readonly { words: string[]; kind: ObjectKind }[] = [
  { words: ['VIEW'], kind: 'view' },
  { words: ['PROC|PROCEDURE'], kind: 'procedure' },
  { words: ['FUNCTION'], kind: 'function' },
  { words: ['AGGREGATE'], kind: 'aggregate' },
  { words: ['TRIGGER'], kind: 'trigger' },
  { words: ['SCHEMA'], kind: 'schema' },
  { words: ['SEQUENCE'], kind: 'sequence' },
  { words: ['STATISTICS'], kind: 'statistics' },
  { words: ['SYNONYM'], kind: 'synonym' },
  { words: ['RULE'], kind: 'rule' },
  { words: ['SECURITY', 'POLICY'], kind: 'policy' },
  { words: ['USER|LOGIN|ROLE'], kind: 'role' },
  { words: ['APPLICATION|SERVER', 'ROLE'], kind: 'role' },
  { words: ['FULLTEXT', 'CATALOG|STOPLIST|INDEX'], kind: 'text search' },
  { words: ['PARTITION', 'FUNCTION|SCHEME'], kind: 'partition scheme' },
  { words: ['XML', 'SCHEMA', 'COLLECTION'], kind: 'type' },
  { words: ['DATABASE'], kind: 'database' },
];
