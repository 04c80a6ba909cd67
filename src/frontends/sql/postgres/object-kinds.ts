/** Kinds of objects: the grammar's and ours. */
import type { ObjectKind } from '../../../operations/object-operation.ts';

/** Our word for a kind of object; the rarest are counted to what they belong to. Tables, columns and large objects have none. */
export const objectKinds: Partial<Record<string, ObjectKind>> = {
  OBJECT_ACCESS_METHOD: 'extension',
  OBJECT_AGGREGATE: 'aggregate',
  OBJECT_ATTRIBUTE: 'type',
  OBJECT_CAST: 'type',
  OBJECT_COLLATION: 'collation',
  OBJECT_CONVERSION: 'collation',
  OBJECT_DATABASE: 'database',
  OBJECT_DEFACL: 'default privileges',
  OBJECT_DOMAIN: 'domain',
  OBJECT_DOMCONSTRAINT: 'domain',
  OBJECT_EVENT_TRIGGER: 'event trigger',
  OBJECT_EXTENSION: 'extension',
  OBJECT_FDW: 'server',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_FUNCTION: 'function',
  OBJECT_INDEX: 'index',
  OBJECT_LANGUAGE: 'extension',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_OPCLASS: 'operator',
  OBJECT_OPERATOR: 'operator',
  OBJECT_OPFAMILY: 'operator',
  OBJECT_PARAMETER_ACL: 'system setting',
  OBJECT_POLICY: 'policy',
  OBJECT_PROCEDURE: 'procedure',
  OBJECT_PUBLICATION: 'publication',
  OBJECT_ROLE: 'role',
  OBJECT_ROUTINE: 'function',
  OBJECT_RULE: 'rule',
  OBJECT_SCHEMA: 'schema',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_STATISTIC_EXT: 'statistics',
  OBJECT_SUBSCRIPTION: 'subscription',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TABLESPACE: 'system setting',
  OBJECT_TRANSFORM: 'type',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_TSCONFIGURATION: 'text search',
  OBJECT_TSDICTIONARY: 'text search',
  OBJECT_TSPARSER: 'text search',
  OBJECT_TSTEMPLATE: 'text search',
  OBJECT_TYPE: 'type',
  OBJECT_USER_MAPPING: 'server',
  OBJECT_VIEW: 'view',
};

/** Kinds whose objects belong to a table: their name follows the table's in the grammar. */
export const ofTables: ReadonlySet<string> = new Set([
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_RULE',
  'OBJECT_TABCONSTRAINT',
]);

/** True for tables, also foreign ones. */
export function isTable(kind: string | undefined): boolean {
  return kind === 'OBJECT_TABLE' || kind === 'OBJECT_FOREIGN_TABLE';
}
