/** Where frameworks look for the two directions of a migration, and which files may hold one. */
import { findAround, isAmongMigrations, isBystander, nameOf } from '../paths.ts';
import type { Project } from '../frontend.ts';
import { readManifest } from '../manifest.ts';
import type { Machine } from './script-machine.ts';
import type { ScriptModule } from './script-module.ts';
import { instantiate } from './script-class.ts';
import type { FunctionValue, RecordValue, Root } from './script-value.ts';

/** True for a file of JavaScript or TypeScript in a place where migrations may stand. */
export function mayBeScriptMigration(path: string): boolean {
  const name = nameOf(path);
  if (!/\.[cm]?[jt]s$/.test(name) || /\.(d|test|spec|stories|config)\.[cm]?[jt]s$/.test(name)) return false;
  if (name.startsWith('index.') || isBystander(path)) return false;
  return isAmongMigrations(path) || /^\d{8,}[\w-]*[_-]/.test(name) || /^Migration\d{8,}/.test(name);
}

/** True where the text looks as if it had an up direction; the parser has the last word. */
export function hasUp(text: string): boolean {
  return /\bexports\.up\b|\b(?:function|async|public|const|let|var)\s+up\b|(?<![.\w])up\s*[:=(,}]|\bas up\b/.test(text);
}

/** What orders a script among its kin: the number in its name, or the name. */
export function scriptVersion(path: string): string {
  const name = nameOf(path).replace(/\.[cm]?[jt]s$/, '');
  return /^(?:Migration)?(\d(?:[\dTZ:.-]*\dZ?)?)/.exec(name)?.[1] ?? name;
}

/** True when the nearest package.json names one of these packages. */
export function dependsOn(path: string, project: Project, packages: readonly string[]): boolean {
  const manifest = findAround(path, 'package.json', project.paths);
  const versions = manifest === undefined ? undefined : readManifest(project.textOf(manifest) ?? '')?.versions;
  return packages.some((name) => versions?.has(name) ?? false);
}

/** The exported function of a name. */
export function exportedFunction(module: ScriptModule, name: string): FunctionValue | undefined {
  const value = module.exports.fields.get(name);
  if (value?.kind === 'function') return { ...value, self: module.exports };
  return undefined;
}

/** The method of the class that has an `up`, on an object of that class. */
export function classMethod(
  module: ScriptModule,
  name: string,
  machine: Machine,
  rest?: Root,
): { call: FunctionValue; self: RecordValue } | undefined {
  for (const declared of module.classes) {
    const self = instantiate(declared, machine, rest);
    if (self.fields.get('up')?.kind !== 'function') continue;
    const method = self.fields.get(name);
    return method?.kind === 'function' ? { call: { ...method, self }, self } : undefined;
  }
  return undefined;
}
