/** Which files hold models, by their place; for Python and JavaScript also by what they say. */
import { folderOf, isAmongMigrations, isBystander, nameOf } from '../frontends/paths.ts';

/** True for a file in which Rails looks for a model or a concern of one, and for one that Python keeps models in. */
export function isModelFile(path: string): boolean {
  if (isBystander(path)) return false;
  return /(?:^|\/)app\/models\/.+\.rb$/.test(path) || isPythonPlace(path);
}

/** `models.py`, a package of that name, and what teams that do not use Django call theirs. */
function isPythonPlace(path: string): boolean {
  if (!path.endsWith('.py') || /(?:^|\/)(?:migrations?|versions|alembic)\//.test(path)) return false;
  return /(?:^|\/)(?:\w*models?\.py|(?:db_|orm_)?models?\/.+\.py|orm\.py|tables\.py|entities\/.+\.py)$/.test(path);
}

/** True for a file of JavaScript or TypeScript. */
export function isScript(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/** True for a program that may hold models though its place alone does not say so: its text has to tell. */
export function mayHoldModels(path: string): boolean {
  if (isModelFile(path) || isBystander(path)) return false;
  if (isScript(path)) return isScriptPlace(path);
  if (!path.endsWith('.py')) return false;
  return !/(?:^|\/)(?:migrations?|versions|alembic|\w*_?tests?)\/|(?:^|\/)(?:test_\w+|\w+_test|conftest|setup)\.py$/.test(
    path,
  );
}

/** `user.entity.ts`, `UserModel.ts`, `schema.ts`, and folders of that name: most programs of such a project hold no model, and each is a request to the host. */
function isScriptPlace(path: string): boolean {
  const name = nameOf(path);
  if (isAmongMigrations(path) || /\.d\.\w+$|[.-](?:test|spec|stories|config)\.\w+$/.test(name)) return false;
  if (/(?:^|[._-])(?:entity|entities|models?|schemas?|tables?)\.\w+$|(?:Entity|Model|Schema|Table)s?\.\w+$/.test(name))
    return true;
  return /(?:^|\/)(?:\w+[._-])?(?:entity|entities|models?|schemas?|tables|db|database|orm|persistence)\//.test(path);
}

/** True for a text in which a class of SQLAlchemy names its table, or one of JavaScript's mappers declares one. */
export function namesTables(text: string): boolean {
  if (text.includes('__tablename__')) return /\b(?:Column|mapped_column|Mapped)\b/.test(text);
  if (/typeorm|@mikro-orm/.test(text) && /@(?:\w+\.)?Entity\b|\bEntitySchema\b|\bdefineEntity\b/.test(text))
    return true;
  if (/sequelize|DataTypes/i.test(text) && /\.(?:define|init)\(|@Table\b/.test(text)) return true;
  return text.includes('drizzle-orm') && /\b[a-z]+Table\(|\.table\(/.test(text);
}

/** True where the place or the text of a file says that it holds models. */
export function holdsModels({ path, before, after }: { path: string; before?: string; after?: string }): boolean {
  if (isModelFile(path)) return true;
  return mayHoldModels(path) && (namesTables(after ?? '') || namesTables(before ?? ''));
}

/** The folder of the app that a file of models belongs to: Django's migrations stand in a package beside its models. */
export function homeOf(path: string): string {
  const inPackage = /^(.*?)(?:^|\/)models\/(?:.*)$/.exec(path);
  return inPackage ? (inPackage[1] ?? '') : folderOf(path);
}

/** A model that a person wrote is not longer. In UTF-16 units. */
export const sizeLimit = 512 * 1024;
