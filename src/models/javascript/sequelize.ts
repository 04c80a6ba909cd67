/** Models of Sequelize: `sequelize.define(…)` and `Model.init(…)`: https://sequelize.org/docs/v6/core-concepts/model-basics/ */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedClass, MappedColumn, MappedKey } from '../../operations/models.ts';
import { booleanAt, fieldsAt, itemsAt, noFields, stringAt, stringsAt, type Fields } from './literal.ts';
import { mappedClass } from './mapped-class.ts';
import { writtenAs, type ScriptCall, type ScriptFile } from './script-file.ts';
import { sequelizeTable, underscored } from './sequelize-names.ts';

/** Reads them. None of them is known whole: associations add columns from elsewhere, and timestamps are added by themselves. */
export function readSequelizeModels(file: ScriptFile): MappedClass[] {
  if (!/sequelize|DataTypes/i.test(file.text)) return [];
  return file.calls.flatMap((call) => readModel(call, file) ?? []);
}

function readModel(call: ScriptCall, file: ScriptFile): MappedClass | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined;
  if (callee.property.name === 'define') {
    const [first, attributes, options] = call.arguments;
    const name = stringAt(first, file);
    return name === undefined || !first ? undefined : modelOf(name, first, { call, attributes, options }, file);
  }
  if (callee.property.name !== 'init' || callee.object.type !== 'Identifier') return undefined;
  const [attributes, options] = call.arguments;
  if (!options || !fieldsAt(options, file)?.get('sequelize')) return undefined;
  return modelOf(callee.object.name, callee.object, { call, attributes, options }, file);
}

type Given = { call: ScriptCall; attributes: ScriptNode | undefined; options: ScriptNode | undefined };

function modelOf(
  name: string,
  named: ScriptNode,
  { call, attributes, options: given }: Given,
  file: ScriptFile,
): MappedClass | undefined {
  const fields = fieldsAt(attributes, file);
  const options = given ? fieldsAt(given, file) : noFields;
  if (!fields || fields.entries.length === 0) return undefined;
  const isUnderscored = booleanAt(options?.get('underscored'), file) === true;
  const columns = fields.entries.flatMap(([key, value]) => readAttribute(key, value, isUnderscored, file) ?? []);
  return mappedClass(file, {
    framework: 'sequelize',
    name,
    named,
    node: call,
    table: options && sequelizeTable(stringAt(options.get('modelName'), file) ?? name, options, file),
    columns,
    keys: [...uniqueColumns(fields, columns, file), ...readIndexes(options, columns, file)],
    isWhole: false,
  });
}

/** `DataTypes.STRING`, or an object with `type` and, where the column has another name, `field`. */
function readAttribute(
  key: string,
  value: ScriptNode,
  isUnderscored: boolean,
  file: ScriptFile,
): MappedColumn | undefined {
  const said = fieldsAt(value, file);
  const type = said ? said.get('type') : value;
  if (!type || isVirtual(type, file)) return undefined;
  const field = said?.get('field');
  const named = stringAt(field, file);
  if (said && named === undefined && (field || !said.isWhole)) return undefined;
  const program = said?.get('defaultValue');
  return {
    name: key,
    column: named ?? (isUnderscored ? underscored(key) : key),
    ...(named === undefined ? { namedAfter: 'attribute' } : {}),
    declared: writtenAs(value, file),
    nullable: booleanAt(said?.get('allowNull'), file) !== false,
    ...(program ? { default: writtenAs(program, file) } : {}),
    hasDatabaseDefault: booleanAt(said?.get('autoIncrement'), file) === true,
    span: file.spanOf(value),
  };
}

/** https://sequelize.org/docs/v6/core-concepts/getters-setters-virtuals/#virtual-fields */
export function isVirtual(type: ScriptNode, file: ScriptFile): boolean {
  return /\bVIRTUAL\b/.test(writtenAs(type, file));
}

function uniqueColumns(fields: Fields, columns: readonly MappedColumn[], file: ScriptFile): MappedKey[] {
  return columns.flatMap(({ name, column, declared, span }): MappedKey[] => {
    const unique = fieldsAt(fields.get(name), file)?.get('unique');
    // A name is shared by all columns of one key, which need not stand beside each other.
    return booleanAt(unique, file) === true ? [{ kind: 'unique', columns: [column], declared, span }] : [];
  });
}

/** `indexes: [{ fields: ['a'], unique: true }]`; fields are attributes or columns. */
function readIndexes(options: Fields | undefined, columns: readonly MappedColumn[], file: ScriptFile): MappedKey[] {
  return (itemsAt(options?.get('indexes'), file) ?? []).flatMap((node) => {
    const said = fieldsAt(node, file);
    const listed = said && stringsAt(said.get('fields'), file);
    if (!said?.isWhole || !listed) return [];
    const name = stringAt(said.get('name'), file);
    const isUnique = booleanAt(said.get('unique'), file) === true || stringAt(said.get('type'), file) === 'UNIQUE';
    return [
      {
        kind: isUnique ? ('unique' as const) : ('index' as const),
        ...(name === undefined ? {} : { name }),
        columns: listed.map((each) => columns.find((column) => column.name === each)?.column ?? each),
        declared: writtenAs(node, file),
        span: file.spanOf(node),
      },
    ];
  });
}
