/** What an expression of Django needs to be imported, as far as the names that it calls tell. */
import type { Imports } from './django-state.ts';

/** Names by their modules; undefined where one is not of Django. */
export function importsOf(expression: string): Imports | undefined {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const imports: Record<string, Set<string>> = {};
  for (const [, dot = '', name = ''] of bare.matchAll(/([\w.]*\.)?\b([A-Za-z_]\w*)\s*\(/g)) {
    // A method of what another call gave.
    if (dot === '.') continue;
    const module = moduleOf(dot.slice(0, -1), name);
    if (module === undefined) return undefined;
    const imported = dot === '' ? name : dot.slice(0, -1);
    (imports[module] ??= new Set()).add(imported);
  }
  return Object.fromEntries(Object.entries(imports).map(([module, names]) => [module, [...names]]));
}

function moduleOf(owner: string, name: string): string | undefined {
  if (owner === 'models') return 'django.db';
  if (owner !== '') return undefined;
  for (const [module, names] of Object.entries(known)) if (names.split(' ').includes(name)) return module;
  return undefined;
}

/** https://docs.djangoproject.com/en/stable/ref/models/database-functions/, https://docs.djangoproject.com/en/stable/ref/contrib/postgres/indexes/ */
const known: Record<string, string> = {
  'django.contrib.postgres.indexes': 'BloomIndex BrinIndex BTreeIndex GinIndex GistIndex HashIndex OpClass SpGistIndex',
  'django.contrib.postgres.search': 'SearchVector',
  'django.db.models': 'F Index Q Value',
  'django.db.models.functions': 'Cast Coalesce Lower Upper Trim',
};
