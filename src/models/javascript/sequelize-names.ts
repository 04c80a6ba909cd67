/** How Sequelize names tables and columns: https://sequelize.org/docs/v6/core-concepts/model-basics/#table-name-inference, https://sequelize.org/docs/v6/other-topics/naming-strategies/ */
import { booleanAt, stringAt, type Fields } from './literal.ts';
import { tableIn } from './mapped-class.ts';
import type { ScriptFile } from './script-file.ts';

/** The table of a model, or undefined where it is not said and its name has no plural that is plain to see. */
export function sequelizeTable(model: string, options: Fields, file: ScriptFile): string | undefined {
  const [given, schema] = [options.get('tableName'), options.get('schema')];
  const [table, schemaName] = [stringAt(given, file), stringAt(schema, file)];
  if ((given && table === undefined) || (schema && schemaName === undefined)) return undefined;
  if (table !== undefined) return tableIn(schemaName, table);
  if (!options.isWhole) return undefined;
  const named = booleanAt(options.get('freezeTableName'), file) === true ? model : plural(model);
  if (named === undefined) return undefined;
  const isUnderscored = booleanAt(options.get('underscored'), file) === true;
  return tableIn(schemaName, isUnderscored ? underscored(named) : named);
}

/** https://github.com/sequelize/sequelize/blob/v6/src/utils.js */
export function underscored(name: string): string {
  return name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Of words that take an `s`; others are left to the ones who know English by heart. */
function plural(name: string): string | undefined {
  return /[a-z]$/.test(name) && !/(?:[sxzfo]|ch|sh|fe|[^aeiou]y|man|person|child|datum|ium|[ln]ews|ies)$/i.test(name)
    ? `${name}s`
    : undefined;
}
