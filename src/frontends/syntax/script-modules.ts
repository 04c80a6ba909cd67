/** What code from outside a script does when a migration calls it, told by where it comes from. */
import { builtinModules } from 'node:module';
import type { CodeEffect } from '../../operations/operation.ts';
import { readManifest } from '../manifest.ts';
import { foldersAround, inFolder } from '../paths.ts';
import type { Machine } from './script-machine.ts';

/** `nothing` leaves the database and other machines alone; `unknown` is a package's of which that is not known. */
export type ForeignEffect = CodeEffect | 'nothing' | 'unknown';

/** The effect of calling `name`, which stands in `module` or is global. Code of which no package is known is the application's. */
export function effectOfForeign(name: string, module: string | undefined, machine: Machine): ForeignEffect {
  if (module === undefined)
    return networkNames.has(name) ? 'network call' : harmless.has(name) ? 'nothing' : 'application code';
  const from = module.replace(/^node:/, '');
  const effect = effectOfPackage(packageOf(from));
  if (effect) return effect;
  if (isHarmlessModule(from)) return 'nothing';
  return isPackage(from, machine) ? 'unknown' : 'application code';
}

/** What objects of a class that is constructed do when they are called; undefined where that is not known. */
export function effectOfObject(type: string, module: string | undefined): CodeEffect | undefined {
  const effect = module === undefined ? undefined : effectOfPackage(packageOf(module.replace(/^node:/, '')));
  return effect ?? (connections.has(type) ? 'second connection' : undefined);
}

/** Names whose calls leave the database alone. */
const harmless = new Set(
  (
    'Array BigInt Boolean Buffer Date Error Intl JSON Map Math Number Object Promise RegExp Set String Symbol URL console ' +
    'chalk clearTimeout crypto debug dedent exports global globalThis isNaN log logger module parseFloat parseInt performance process ' +
    'require setImmediate setTimeout structuredClone'
  ).split(' '),
);

const harmlessModules = new Set(
  (
    'async bluebird bcrypt bcryptjs chalk cli-progress cosmiconfig dayjs date-fns debug dotenv kysely lodash luxon moment ' +
    'nanoid p-limit p-map pino ramda semver ts-dedent uuid winston zod'
  ).split(' '),
);

/** Parts of Node that run other programs: those that a migration starts are scripts of the application. */
const runners = new Set(['child_process', 'cluster', 'module', 'vm', 'worker_threads']);

/** Classes whose objects have a connection of their own. */
const connections = new Set('Client Connection DataSource Kysely MongoClient Pool PrismaClient Sequelize'.split(' '));

/** Packages that talk to other machines; stores that are no SQL database among them. */
const networkNames = new Set(
  (
    'fetch axios got node-fetch ky undici request superagent needle http http2 https net tls dgram dns stripe twilio nodemailer mailgun.js ' +
    'aws-sdk firebase-admin googleapis openai algoliasearch meilisearch typesense @elastic/elasticsearch @opensearch-project/opensearch ' +
    'amqplib kafkajs nats redis ioredis memcached memjs mongodb mongoose @octokit/rest'
  ).split(' '),
);
const networkScopes = new Set(['@aws-sdk', '@azure', '@google-cloud', '@sendgrid', '@slack', '@upstash']);
const queues = new Set(['agenda', 'bee-queue', 'bull', 'bullmq', 'graphile-worker', 'pg-boss']);
const clients = new Set(
  (
    '@libsql/client @neondatabase/serverless @prisma/client better-sqlite3 mariadb mssql mysql mysql2 pg pg-promise postgres ' +
    'sqlite sqlite3 tedious'
  ).split(' '),
);

function isHarmlessModule(module: string): boolean {
  if (builtinModules.includes(module)) return !runners.has(module);
  return harmlessModules.has(module) || /(^|\/)(logg(er|ing)|log|debug)(\.[jt]s)?$/i.test(module);
}

function effectOfPackage(name: string): CodeEffect | undefined {
  if (clients.has(name)) return 'second connection';
  if (queues.has(name)) return 'enqueues a job';
  return networkNames.has(name) || networkScopes.has(name.split('/')[0] ?? '') ? 'network call' : undefined;
}

/** `@scope/name/part` → `@scope/name`. */
function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Named by a package.json around the file; what stands in the same repository is the application's. */
function isPackage(module: string, { file, textOf }: Machine): boolean {
  const wanted = foldersAround(file.path)
    .map((folder) => readManifest(textOf(inFolder(folder, 'package.json')) ?? '')?.versions.get(packageOf(module)))
    .find((version) => version !== undefined);
  return wanted !== undefined && !/^(workspace|file|link|portal):|^\*$/.test(wanted);
}
