/** Calls of Python's own library and of others that do nothing to a database. */
import { logMethods, makesLogger } from '../syntax/loggers.ts';
import { unknown, type CallValue, type Value } from './value.ts';

/** The package that a name is of. */
export function moduleOf(path: string): string {
  return path.split('.')[0] ?? path;
}

/** True for calls of libraries that neither touch the database nor the network. */
export function isHarmlessPath(path: string): boolean {
  return harmlessModules.has(moduleOf(path)) || makesLogger(path) || writesLog(path);
}

/** `app.logger.info`, `app.log.LOG.warning`. */
function writesLog(path: string): boolean {
  const [, method = ''] = /(?:^|\.)(?:log|logger|logging|LOG)\.(\w+)$/.exec(path) ?? [];
  return logMethods.has(method);
}

/** True for calls that go over the network. */
export function isNetworkPath(path: string): boolean {
  if (
    path
      .split('.')
      .slice(0, -1)
      .some((name) => ownRedis.test(name))
  )
    return true;
  return networkModules.has(moduleOf(path)) || path.startsWith('urllib.request') || path.startsWith('http.client');
}

/** A client that the application has made: `app.extensions.redis_client.delete`. */
const ownRedis = /^redis_(?:client|conn|connection)$/;

/** `str.join`, `dict.fromkeys`: methods of built-in types; and loggers, wherever they come from. */
export function isOfBuiltIn(path: string): boolean {
  return /^(str|dict|int|float|bytes|list|set|tuple|object|type|log|logger|LOG|logging)\.\w+$/.test(path);
}

/** The value of a call of a built-in function, or undefined when it is none. */
export function builtIn(name: string, call: CallValue): Value | undefined {
  const [first, second] = call.positional;
  switch (name) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'sorted':
    case 'reversed':
    case 'iter':
      if (!first) return { kind: 'list', items: [] };
      return first.kind === 'list' || first.kind === 'rows' || first.kind === 'query' ? first : likeIt(first);
    case 'str':
      if (first?.kind === 'number') return { kind: 'string', text: String(first.value) };
      return first?.kind === 'string' ? first : likeIt(first);
    case 'dict':
      return dictionaryOf(call);
    case 'range':
      return rangeOf(call);
    case 'enumerate':
      if (first?.kind !== 'list' || first.open) return unknown;
      return { kind: 'list', items: first.items.map((item, value) => pair({ kind: 'number', value }, item)) };
    case 'zip':
      if (first?.kind !== 'list' || second?.kind !== 'list' || call.positional.length > 2) return unknown;
      return { kind: 'list', items: first.items.map((item, index) => pair(item, second.items[index] ?? unknown)) };
  }
  return harmlessBuiltIns.has(name) || /^[A-Z]\w*(Error|Exception|Warning)$/.test(name) ? likeIt(first) : undefined;
}

/** What is made from rows comes from the database too. */
function likeIt(value: Value | undefined): Value {
  if (value?.kind === 'rows') return { kind: 'unknown', from: 'database' };
  return value?.kind === 'unknown' ? value : unknown;
}

function pair(one: Value, other: Value): Value {
  return { kind: 'list', items: [one, other] };
}

function dictionaryOf(call: CallValue): Value {
  if (call.positional.length > 0 || call.spread) return unknown;
  return { kind: 'dictionary', entries: [...call.keywords].map(([text, value]) => [{ kind: 'string', text }, value]) };
}

const longestRange = 200;

function rangeOf(call: CallValue): Value {
  const numbers = call.positional.flatMap((value) => (value.kind === 'number' ? [value.value] : []));
  const [start = 0, end] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  if (numbers.length !== call.positional.length || numbers.length > 2 || end === undefined) return unknown;
  if (end - start > longestRange) return unknown;
  const items: Value[] = [];
  for (let value = start; value < end; value++) items.push({ kind: 'number', value });
  return { kind: 'list', items };
}

const harmlessBuiltIns = new Set(
  (
    'abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dir divmod enumerate exit ' +
    'float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len locals max ' +
    'memoryview min next object oct open ord pow print property quit range repr reversed round slice sorted ' +
    'staticmethod sum super type vars zip'
  ).split(' '),
);

const harmlessModules = new Set(
  (
    '__future__ abc argparse ast base64 bisect calendar collections contextlib contextvars copy csv dataclasses dateutil ' +
    'datetime decimal difflib enum errno fractions functools gettext glob gzip hashlib heapq hmac html inspect io ' +
    'ipaddress itertools json locale logging math mimetypes numbers operator os pathlib pickle platform pprint pytz ' +
    'queue random re secrets shutil slugify statistics string struct sys tempfile textwrap threading time traceback ' +
    'types typing unicodedata urllib uuid warnings weakref yaml zlib zoneinfo packaging oslo_log oslo_utils ' +
    'structlog loguru tqdm simplejson orjson pydantic cryptography bcrypt passlib pgvector geoalchemy2 ' +
    'sqlalchemy_utils typing_extensions'
  ).split(' '),
);

const networkModules = new Set(
  'aiohttp boto3 botocore google httpx pycurl redis requests smtplib socket urllib3 elasticsearch opensearchpy'.split(
    ' ',
  ),
);
