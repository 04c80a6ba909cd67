/** A field as a migration declares it, reduced to what reaches the database. */
import type { DataType } from '../../operations/column.ts';
import { readGeneratedReads } from './generated-reads.ts';
import { argumentOf, qualifiedName, readCall, type PythonCall } from '../syntax/python-call.ts';
import type { Scope } from '../syntax/python-module.ts';
import { readValue, type PythonValue } from '../syntax/python-value.ts';
import { textOf, type SyntaxNode } from '../syntax/tree.ts';

export type Field = {
  /** Name of its class without the module; `isKnown` where it is one of Django's own. */
  type: string;
  isKnown: boolean;
  null: boolean;
  unique: boolean;
  primaryKey: boolean;
  /** db_index as given; a relation has an index unless it says otherwise. */
  index: boolean;
  column?: string;
  length?: number;
  digits?: number;
  places?: number;
  collation?: string;
  comment?: string;
  relation?: Relation;
  /** What Python writes into existing rows: always one value, however it comes about. */
  default?: string;
  /** It is said, and not only implied. */
  hasDefault: boolean;
  databaseDefault?: DatabaseDefault;
  generated?: 'stored' | 'virtual';
  /** Of a GeneratedField: names in its expression, those of fields among them. */
  names?: string[];
  /** Of an ArrayField the field of its elements, of a GeneratedField that of its result. */
  inner?: Field;
  /** All arguments that reach the database, in a form that can be compared. */
  signature: string;
  /** Not all arguments could be seen. */
  spread: boolean;
};

export type Relation = {
  /** `app.Model`, `Model`, `self`, or `settings.NAME`; undefined where it is computed. */
  to: string | undefined;
  many: boolean;
  toField?: string;
  constraint: boolean;
  /** The model of the table between, where it is not Django's own. */
  through?: string;
  /** db_table of a many-to-many field. */
  table?: string;
  onDelete?: string;
};

export type DatabaseDefault = { sql: string; functions: string[]; known: boolean };

/** Reads a field declaration; undefined where the expression is no call. */
export function readField(node: SyntaxNode, scope: Scope): Field | undefined {
  const value = readValue(node, scope);
  if (value.kind !== 'call') return undefined;
  const { text } = scope.module;
  const call = readCall(value.node, text);
  const name = call && qualifiedName(call.callee, scope.module);
  if (!call || name === undefined) return undefined;
  const of = (keyword: string): PythonValue | undefined => {
    const given = call.keywords.get(keyword);
    return given && readValue(given, scope);
  };
  const type = name.slice(name.lastIndexOf('.') + 1);
  const [to, onDelete] = call.positional;
  const relation = readRelation(type, call.keywords.has('to') ? of('to') : firstOf(to, scope), (keyword) =>
    keyword === 'on_delete' && !call.keywords.has(keyword) ? firstOf(onDelete, scope) : of(keyword),
  );
  const field: Field = {
    type,
    isKnown: /^(django\.|models\.|\w+\.models\.fields\.)/.test(name) && isDjangoField(type),
    null: isTrue(of('null')),
    unique: isTrue(of('unique')) || type === 'OneToOneField',
    primaryKey: isTrue(of('primary_key')),
    index: indexOf(type, of('db_index'), relation),
    hasDefault: hasDefault(of('default')),
    signature: signatureOf(type, call, relation !== undefined, text),
    spread: call.spread,
  };
  if (field.primaryKey) field.unique = true;
  if (relation) field.relation = relation;
  set(field, 'column', stringOf(of('db_column')));
  set(field, 'length', numberOf(of('max_length')) ?? defaultLength[type]);
  set(field, 'digits', numberOf(of('max_digits')));
  set(field, 'places', numberOf(of('decimal_places')));
  set(field, 'collation', stringOf(of('db_collation')));
  set(field, 'comment', stringOf(of('db_comment')));
  set(field, 'default', defaultOf(type, field.null, of, text));
  set(field, 'databaseDefault', databaseDefaultOf(of('db_default'), scope));
  if (type === 'GeneratedField') field.generated = isTrue(of('db_persist')) ? 'stored' : 'virtual';
  const expression = type === 'GeneratedField' ? call.keywords.get('expression') : undefined;
  if (expression) field.names = readGeneratedReads(expression, scope);
  const inner = argumentOf(call, 0, type === 'GeneratedField' ? 'output_field' : 'base_field');
  if (inner && (type === 'ArrayField' || type === 'GeneratedField')) set(field, 'inner', readField(inner, scope));
  return field;
}

/** True for a field without a column of its own: many-to-many, generic relations, managers that look like fields. */
export function hasColumn(field: Field): boolean {
  if (field.relation?.many) return false;
  return !/^(GenericForeignKey|GenericRelation|CompositePrimaryKey|ForeignObject|.*Manager)$/.test(field.type);
}

/** The column of a field: its own name, with `_id` for a relation, unless db_column says otherwise. */
export function columnName(name: string, field: Field | undefined): string {
  return field?.column ?? (field?.relation ? `${name}_id` : name);
}

/** True for fields whose values are strings, which get a `_like` index beside each index on PostgreSQL. */
export function isTextual(type: DataType | undefined): boolean {
  return type !== undefined && !type.array && (type.name === 'varchar' || type.name === 'text');
}

/** Attributes that only Python sees: `Field.non_db_attrs` and those of relations, https://github.com/django/django/blob/main/django/db/models/fields/__init__.py. */
const outsideDatabase = new Set(
  (
    'blank choices db_column editable error_messages help_text limit_choices_to on_delete related_name related_query_name ' +
    'validators verbose_name default auto_now auto_now_add auto_created serialize parent_link swappable to_fields upload_to storage ' +
    'unique_for_date unique_for_month unique_for_year symmetrical through_fields'
  ).split(' '),
);

/** The arguments that reach the database, written the same way wherever they stand. `unique`, `null` and the like are compared by themselves. */
function signatureOf(type: string, call: PythonCall, isRelation: boolean, text: string): string {
  const given = [...call.keywords].filter(([keyword]) => !outsideDatabase.has(keyword) && !compared.has(keyword));
  // Of a relation they are its target and what happens on delete.
  const positional = isRelation ? [] : call.positional.map((node) => textOf(node, text));
  const words = given.map(([keyword, node]) => `${keyword}=${textOf(node, text)}`).sort();
  return [type, ...positional, ...words].join(' ').replace(/\s+/g, ' ');
}

const compared = new Set([
  'null',
  'unique',
  'primary_key',
  'db_index',
  'to',
  'db_default',
  'db_comment',
  'through',
  'db_table',
]);

function readRelation(
  type: string,
  to: PythonValue | undefined,
  of: (keyword: string) => PythonValue | undefined,
): Relation | undefined {
  const many = /ManyToMany/.test(type);
  const isRelation = many || /ForeignKey$|OneToOneField$|ParentalKey$/.test(type) || of('to') !== undefined;
  if (!isRelation || type === 'GenericForeignKey' || type === 'GenericRelation') return undefined;
  const relation: Relation = { to: modelNameOf(to), many, constraint: !isFalse(of('db_constraint')) };
  set(relation, 'toField', stringOf(of('to_field')));
  const through = of('through');
  if (through && through.kind !== 'none') relation.through = modelNameOf(through) ?? '';
  set(relation, 'table', stringOf(of('db_table')));
  const onDelete = of('on_delete');
  if (onDelete?.kind === 'name') relation.onDelete = onDelete.name.slice(onDelete.name.lastIndexOf('.') + 1);
  return relation;
}

function modelNameOf(value: PythonValue | undefined): string | undefined {
  if (value?.kind === 'string') return value.value;
  const setting = value?.kind === 'name' ? /(?:^|\.)settings\.(\w+)$/.exec(value.name) : undefined;
  return setting ? `settings.${setting[1]}` : undefined;
}

function firstOf(node: SyntaxNode | undefined, scope: Scope): PythonValue | undefined {
  return node && readValue(node, scope);
}

function indexOf(type: string, given: PythonValue | undefined, relation: Relation | undefined): boolean {
  if (given) return !isFalse(given);
  return relation !== undefined || type === 'SlugField';
}

/** `Field.get_default` and `BaseDatabaseSchemaEditor._effective_default`: what a column is filled with. */
function defaultOf(
  type: string,
  isNull: boolean,
  of: (keyword: string) => PythonValue | undefined,
  text: string,
): string | undefined {
  const given = of('default');
  if (given && (given.kind === 'none' || !hasDefault(given))) return undefined;
  if (given) return emptyOf(type, given) ?? evaluatedOnce(given, text);
  if (!isNull && isTrue(of('blank')) && takesEmptyString.has(type)) return "''";
  return isTrue(of('auto_now')) || isTrue(of('auto_now_add')) ? 'timezone.now()' : undefined;
}

function hasDefault(given: PythonValue | undefined): boolean {
  return given !== undefined && !(given.kind === 'name' && given.name.endsWith('NOT_PROVIDED'));
}

/** What an empty list or dictionary is to the column: PostgreSQL writes an array in braces, and an hstore without any. */
function emptyOf(type: string, given: PythonValue): string | undefined {
  if (given.kind !== 'name' || (given.name !== 'list' && given.name !== 'dict')) return undefined;
  if (type === 'ArrayField') return "'{}'";
  return type === 'HStoreField' ? "''" : undefined;
}

function evaluatedOnce(value: PythonValue, text: string): string {
  if (value.kind === 'string') return `'${value.value.replaceAll("'", "''")}'`;
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'boolean') return String(value.value);
  if (value.kind === 'name' && (value.name === 'dict' || value.name === 'list'))
    return value.name === 'dict' ? "'{}'" : "'[]'";
  const written = textOf(value.node, text);
  return value.kind === 'name' && !/[A-Z]{2}|^[A-Z]/.test(written) ? `${written}()` : written;
}

function databaseDefaultOf(value: PythonValue | undefined, scope: Scope): DatabaseDefault | undefined {
  const { text } = scope.module;
  if (!value || (value.kind === 'name' && value.name.endsWith('NOT_PROVIDED'))) return undefined;
  if (value.kind === 'none') return undefined;
  if (value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean')
    return { sql: evaluatedOnce(value, text), functions: [], known: true };
  const sql = textOf(value.node, text);
  const name = value.kind === 'call' ? value.name?.slice(value.name.lastIndexOf('.') + 1) : undefined;
  if (value.kind === 'call' && name === 'Value')
    return databaseDefaultOf(firstOf(value.call.positional[0], scope), scope);
  const calls = name === undefined ? undefined : databaseFunctions[name];
  if (calls === undefined) return { sql, functions: [], known: false };
  return { sql: calls === 'current_timestamp' ? calls : `${calls}()`, functions: [calls], known: true };
}

/** https://docs.djangoproject.com/en/stable/ref/models/database-functions/ as PostgreSQL gets them. */
const databaseFunctions: Record<string, string> = {
  Now: 'statement_timestamp',
  Pi: 'pi',
  Random: 'random',
  RandomUUID: 'gen_random_uuid',
  TransactionNow: 'current_timestamp',
};

/** `max_length` where a field class has one of its own. */
const defaultLength: Record<string, number> = {
  EmailField: 254,
  FileField: 100,
  FilePathField: 100,
  ImageField: 100,
  SlugField: 50,
  URLField: 200,
};

/** Classes with `empty_strings_allowed`, which it is unless they say otherwise. */
const takesEmptyString = new Set(
  'CharField TextField SlugField EmailField URLField FileField FilePathField ImageField BinaryField CICharField CIEmailField CITextField'.split(
    ' ',
  ),
);

const djangoFields = new Set(
  (
    'AutoField BigAutoField SmallAutoField BigIntegerField BinaryField BooleanField NullBooleanField CharField CommaSeparatedIntegerField ' +
    'DateField DateTimeField DecimalField DurationField EmailField FileField FilePathField FloatField ForeignKey GeneratedField ' +
    'GenericIPAddressField IPAddressField ImageField IntegerField JSONField ManyToManyField OneToOneField PositiveBigIntegerField ' +
    'PositiveIntegerField PositiveSmallIntegerField SlugField SmallIntegerField TextField TimeField URLField UUIDField ArrayField HStoreField ' +
    'SearchVectorField CICharField CIEmailField CITextField IntegerRangeField BigIntegerRangeField DecimalRangeField DateTimeRangeField ' +
    'DateRangeField GenericForeignKey GenericRelation CompositePrimaryKey'
  ).split(' '),
);

function isDjangoField(type: string): boolean {
  return djangoFields.has(type);
}

function isTrue(value: PythonValue | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}

function isFalse(value: PythonValue | undefined): boolean {
  return value?.kind === 'boolean' && !value.value;
}

function stringOf(value: PythonValue | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

function numberOf(value: PythonValue | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}

/** Leaves the key away where there is no value. */
function set<Of extends object, Key extends keyof Of>(target: Of, key: Key, value: Of[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}
