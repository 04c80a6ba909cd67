/** package.json as far as it tells what a project depends on. */

export type Manifest = {
  dependencies: string[];
  devDependencies: string[];
  /** The wanted version of each, as written. */
  versions: Map<string, string>;
};

/** Reads a package.json; undefined when it is none. */
export function readManifest(text: string): Manifest | undefined {
  const json = parse(text);
  if (!isRecord(json)) return undefined;
  const dependencies = { ...entries(json['optionalDependencies']), ...entries(json['dependencies']) };
  const devDependencies = entries(json['devDependencies']);
  return {
    dependencies: Object.keys(dependencies),
    devDependencies: Object.keys(devDependencies),
    versions: new Map(Object.entries({ ...devDependencies, ...dependencies })),
  };
}

/** The value of a JSON text, or undefined when it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for an object whose fields may be asked for. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entries(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
