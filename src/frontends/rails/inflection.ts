/** The names that Rails makes of names: tables of classes and columns, plurals. */

/** https://github.com/rails/rails/blob/main/activesupport/lib/active_support/inflections.rb, the later rule first. */
const plurals: [RegExp, string][] = [
  [/(quiz)$/i, '$1zes'],
  [/^(ox)$/i, '$1en'],
  [/(m|l)ouse$/i, '$1ice'],
  [/(matr|vert|ind)(?:ix|ex)$/i, '$1ices'],
  [/(x|ch|ss|sh)$/i, '$1es'],
  [/([^aeiouy]|qu)y$/i, '$1ies'],
  [/(hive)$/i, '$1s'],
  [/(?:([^f])fe|([lr])f)$/i, '$1$2ves'],
  [/sis$/i, 'ses'],
  [/([ti])um$/i, '$1a'],
  [/(buffal|tomat)o$/i, '$1oes'],
  [/(bu)s$/i, '$1ses'],
  [/(alias|status)$/i, '$1es'],
  [/(octop|vir)us$/i, '$1i'],
  [/(ax|test)is$/i, '$1es'],
  [/s$/i, 's'],
  [/$/, 's'],
];

const irregular: Record<string, string> = {
  child: 'children',
  man: 'men',
  move: 'moves',
  person: 'people',
  sex: 'sexes',
  zombie: 'zombies',
};

const uncountable = new Set('equipment information rice money species series fish sheep jeans police'.split(' '));

/** The plural of the last word of an underscored name, as Rails forms it without inflections of the project's own. */
export function pluralOf(name: string): string {
  const at = name.lastIndexOf('_') + 1;
  const word = name.slice(at);
  if (uncountable.has(word.toLowerCase())) return name;
  const known = Object.entries(irregular).find(([one, many]) => word === one || word === many);
  if (known) return name.slice(0, at) + known[1];
  const rule = plurals.find(([pattern]) => pattern.test(word));
  return name.slice(0, at) + (rule ? word.replace(rule[0], rule[1]) : word);
}

/** The same in turn: what `singularize` gives. */
const singulars: [RegExp, string][] = [
  [/(ss)$/i, '$1'],
  [/(database)s$/i, '$1'],
  [/(quiz)zes$/i, '$1'],
  [/(matr)ices$/i, '$1ix'],
  [/(vert|ind)ices$/i, '$1ex'],
  [/^(ox)en/i, '$1'],
  [/(alias|status)(es)?$/i, '$1'],
  [/(octop|vir)(us|i)$/i, '$1us'],
  [/^(a)x[ie]s$/i, '$1xis'],
  [/(cris|test)(is|es)$/i, '$1is'],
  [/(shoe)s$/i, '$1'],
  [/(o)es$/i, '$1'],
  [/(bus)(es)?$/i, '$1'],
  [/^(m|l)ice$/i, '$1ouse'],
  [/(x|ch|ss|sh)es$/i, '$1'],
  [/(m)ovies$/i, '$1ovie'],
  [/(s)eries$/i, '$1eries'],
  [/([^aeiouy]|qu)ies$/i, '$1y'],
  [/([lr])ves$/i, '$1f'],
  [/(tive)s$/i, '$1'],
  [/(hive)s$/i, '$1'],
  [/([^f])ves$/i, '$1fe'],
  [/(^analy)(sis|ses)$/i, '$1sis'],
  [/((a)naly|(b)a|(d)iagno|(p)arenthe|(p)rogno|(s)ynop|(t)he)(sis|ses)$/i, '$1sis'],
  [/([ti])a$/i, '$1um'],
  [/(n)ews$/i, '$1ews'],
  [/s$/i, ''],
];

/** The singular of the last word of an underscored name. */
export function singularOf(name: string): string {
  const at = name.lastIndexOf('_') + 1;
  const word = name.slice(at);
  if (uncountable.has(word.toLowerCase())) return name;
  const known = Object.entries(irregular).find(([, many]) => word === many);
  if (known) return name.slice(0, at) + known[0];
  const rule = singulars.find(([pattern]) => pattern.test(word));
  return name.slice(0, at) + (rule ? word.replace(rule[0], rule[1]) : word);
}

/** The table of a class: Admin::BlogPost → admin_blog_posts. */
export function tableOfClass(name: string): string {
  return pluralOf(underscored(name).replaceAll('/', '_'));
}

/** BlogPost → blog_post, HTTPCache → http_cache. */
export function underscored(name: string): string {
  return name
    .replace(/^::/, '')
    .replaceAll('::', '/')
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
