/** A file of JavaScript or TypeScript → the entities, models and tables in it that say their columns themselves. */
import type { MappedClass } from '../../operations/models.ts';
import { readDrizzleTables } from './drizzle.ts';
import { readEntitySchemas } from './entity-schema.ts';
import { readMikroEntities } from './mikro-orm.ts';
import { readScriptFile } from './script-file.ts';
import { readSequelizeClasses } from './sequelize-typescript.ts';
import { readSequelizeModels } from './sequelize.ts';
import { readTypeormEntities } from './typeorm.ts';

/** A file of a person holds fewer, also where all tables stand in one. */
const mostClasses = 400;

/** Reads them, whichever mapper they are written for. The parser has to be loaded. */
export function readScriptModels(source: { path: string; text: string }): MappedClass[] {
  const file = readScriptFile(source);
  if (!file) return [];
  const readers = [
    readTypeormEntities,
    readMikroEntities,
    readEntitySchemas,
    readSequelizeClasses,
    readSequelizeModels,
    readDrizzleTables,
  ];
  const found = readers.flatMap((read) => read(file));
  return found.length > mostClasses ? [] : found;
}
