/** Settings in files of `key = value` lines: TOML, properties, HCL. */

/** The value of a key without its quotes, or undefined. The last one wins; sections are not told apart. */
export function findSetting(text: string, key: string): string | undefined {
  let found: string | undefined;
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (equals === -1 || line.slice(0, equals).trim() !== key) continue;
    found = unquoted(line.slice(equals + 1).trim());
  }
  return found;
}

function unquoted(value: string): string {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return value.replace(/\s+#.*$/, '');
  const end = value.indexOf(quote, 1);
  return value.slice(1, end === -1 ? undefined : end);
}
