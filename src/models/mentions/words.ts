/** Names by which programs know a table: of its rows, its class, and of what is written for them. */
import { singularOf, underscored } from '../../frontends/rails/inflection.ts';

/** The word for one row, however it is written: `OrderItems`, `order_items` and `orderItem` are `orderitem`. */
export function rowWord(name: string): string {
  return singularOf(underscored(name)).replace(/[_/\W]/g, '');
}

/** True for a name that says nothing but the rows: `User`, `users`, `current_user`. */
export function isNamedFor(name: string, rows: readonly string[]): boolean {
  const words = underscored(name)
    .split(/[_/\W]+/)
    .filter((word) => word !== '');
  while (words.length > 1 && pronouns.has(words[0] ?? '')) words.shift();
  return rows.includes(rowWord(words.join('_')));
}

/** True where that name is of one row, not of several. */
export function isOfOneRow(name: string): boolean {
  const plain = underscored(name);
  return singularOf(plain) === plain;
}

/** True for the name of something that is written for the rows: `UserSerializer`, `users_controller`, `create-user.dto`. */
export function isWrittenFor(name: string, rows: readonly string[]): boolean {
  const all = underscored(name).split(/[_/\W]+/);
  const words = all.filter((word) => word !== '');
  while (words.length > 1 && (roles.has(words.at(-1) ?? '') || roles.has(singularOf(words.at(-1) ?? '')))) words.pop();
  while (words.length > 1 && (roles.has(words[0] ?? '') || pronouns.has(words[0] ?? ''))) words.shift();
  return rows.includes(rowWord(words.join('_')));
}

/** True where the words of the rows stand anywhere in a name: `notify_users_by_mail`. */
export function isAmongWords(name: string, rows: readonly string[]): boolean {
  const words = underscored(name)
    .split(/[_/\W]+/)
    .filter((word) => word !== '');
  return words.some((_, from) =>
    words
      .slice(from, from + mostWords)
      .some((__, length) => rows.includes(rowWord(words.slice(from, from + length + 1).join('_')))),
  );
}

/** Tables of more words are found by their whole name. */
const mostWords = 4;

const pronouns = new Set(
  'a all an any current each existing last first my new next old other our prev previous the this updated created found saved some'.split(
    ' ',
  ),
);

/** What programs write for a table. */
const roles = new Set(
  (
    'abstract action actions active add admin adapter api app async base batch blueprint body builder bulk bll cell channel class clean cli ' +
    'collection command component config consumer context contract controller crud cron create creator dal dao data db ' +
    'decorator def delete deleter destroy detail detailed dialog dto edit editor endpoint engine entity entry event export exporter ' +
    'fetcher field filter filterset finder form full gateway get graphql handler helper http import importer index inline ' +
    'input interactor interface item job json list listener lib loader mailer manager mapper maybe migrate mixin model module mutation ' +
    'namespace notifier object old operation orm output page pagination panel params partial patch payload permission policy ' +
    'presenter processor projection props provider public query queries queryset rake read reader record remove repo repository ' +
    'req request res resolver resource response rest result route router row rpc schema scope search selector serializer ' +
    'server service set short show simple store struct summary sync syncer table task template test type types update updater ' +
    'upsert util utils v1 v2 v3 v4 validator value values view views viewset web with worker write writer'
  ).split(' '),
);
