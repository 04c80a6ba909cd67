/** The tables of a publication, in CREATE as in ALTER. */
import type { Node } from 'libpg-query';
import type { Published } from '../../../operations/publications.ts';
import { nameOf } from './names.ts';

/** What is named, and whether more than INSERT and TRUNCATE is passed on: https://www.postgresql.org/docs/current/sql-createpublication.html */
export function published(objects: Node[] | undefined, options: Node[] | undefined): Published {
  const named = (objects ?? []).flatMap((node) => ('PublicationObjSpec' in node ? [node.PublicationObjSpec] : []));
  const tables = named.flatMap(({ pubtable }) => (pubtable?.relation ? [nameOf(pubtable.relation)] : []));
  const schemas = named.flatMap(({ name, pubobjtype }) =>
    name !== undefined && pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' ? [name] : [],
  );
  return { tables, ...(schemas.length > 0 ? { schemas } : {}), ...saidOf(options) };
}

function saidOf(options: Node[] | undefined): Pick<Published, 'insertsOnly'> {
  const said = (options ?? []).map((node) => ('DefElem' in node ? node.DefElem : {}));
  const value = said.find(({ defname }) => defname === 'publish')?.arg;
  return value && 'String' in value ? { insertsOnly: !/update|delete/i.test(value.String.sval ?? '') } : {};
}
