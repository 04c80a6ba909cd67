/** What constants stand for: values of the file, models, libraries, code of the application. */
import { textOf, type SyntaxNode } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import { tableOfClass } from './inflection.ts';
import { scopeIn, type Run } from './run.ts';
import { computedName, unknown, type Value } from './value.ts';

/** The value of a constant. A class that the file does not define and Ruby does not bring is the application's. */
export function constantAt(run: Run, node: SyntaxNode): Value {
  const name = textOf(node, run.file.text).replace(/^::/, '').replace(/\s+/g, '');
  const last = name.slice(name.lastIndexOf(':') + 1);
  const written = run.program.constants.get(last);
  if (written && run.depth < deepestConstant) return evaluateConstant(run, written);
  const model = run.program.models.get(name) ?? run.program.models.get(last);
  if (model) return model;
  if (/^(ActiveRecord::Base|ApplicationRecord|ActiveRecord::Migration)$/.test(name))
    return { kind: 'constant', name: baseName };
  if (isLibrary(name)) return { kind: 'constant', name };
  if (/^[A-Z][A-Z0-9_]*$/.test(last) && last.length > 1) return unknown;
  if (run.program.definitions.has(last)) return { kind: 'constant', name };
  // Whether a module gives its name to the tables of its models (`table_name_prefix`) stands in a file of the application.
  const isKnown = !name.includes('::') || engines.has(name.slice(0, name.indexOf(':')));
  const table = isKnown ? tableOfClass(name) : computedName;
  return { kind: 'model', name, table, isApplication: true };
}

/** Engines whose tables have their names in front. */
const engines = new Set(['ActiveStorage', 'ActionText', 'ActionMailbox', 'AfterParty']);

/** The class that all models share: its connection is that of the migration. */
export const baseName = 'ActiveRecord::Base';

const deepestConstant = 20;

function evaluateConstant(run: Run, written: SyntaxNode): Value {
  run.depth++;
  try {
    return evaluate(run, written, scopeIn(run, 'method'));
  } finally {
    run.depth--;
  }
}

const libraries = new Set(
  (
    'Array Base64 Benchmark BigDecimal CGI CSV Comparable Concurrent Date DateTime Digest Dir ENV ERB Enumerable Etc ' +
    'Exception Fiber File FileUtils Float GC Hash I18n IO Integer JSON Kernel Logger Marshal Math Module Mutex Object ' +
    'ObjectSpace OpenSSL OpenStruct Pathname PG Proc Process Psych Rails Random Range Rational Regexp STDERR STDOUT ' +
    'SecureRandom Set Shellwords Signal StandardError String StringIO Struct Symbol Tempfile Thread Time Timeout URI ' +
    'YAML Zlib ActiveSupport ActiveModel ActiveRecord Arel Mysql2 SQLite3 NilClass RuntimeError ArgumentError ' +
    'NotImplementedError Bundler RbConfig Gem Forwardable IPAddr Open3 OptionParser Singleton StringScanner'
  ).split(' '),
);

const networks = new Set(
  'Net HTTParty Faraday RestClient HTTP Excon Typhoeus Mechanize Aws Elasticsearch Redis'.split(' '),
);

/** True for classes and modules of Ruby and of gems that hold no rows. */
export function isLibrary(name: string): boolean {
  const [first = ''] = name.split('::');
  return libraries.has(first) || networks.has(first) || name.endsWith('Error');
}

/** True for what speaks to other machines. */
export function isNetwork(name: string): boolean {
  return networks.has(name.split('::')[0] ?? '') && !name.endsWith('Error');
}
