import { expect, test } from 'vitest';
import { makesLogger } from '../../../src/frontends/syntax/loggers.ts';
import { reviewed } from '../../review/builders.ts';

test.each([
  'prefect.logging.loggers.get_logger',
  'app.utils.logger.setup_logger',
  'app.root_logger.get_logger',
  '../src/logging/getLogger',
])('%s makes a logger', (path) => expect(makesLogger(path)).toBe(true));

test.each(['app.billing.get_logger', 'app.log.purge', 'get_logger', 'app.catalog.get_log', 'app.logger.get_users'])(
  '%s is code like any other',
  (path) => expect(makesLogger(path)).toBe(false),
);

const python = (body: string) =>
  `from alembic import op\nfrom app.utils.logger import setup_logger, purge\nfrom app.billing import get_logger\n\nrevision = "b"\ndown_revision = "a"\nlogger = setup_logger()\n\n\ndef upgrade():\n${body}\n`;
const django = (body: string) =>
  `from django.db import migrations\nfrom shop.utils.logging import get_logger\nfrom shop.billing import get_logger as billing\n\nlogger = get_logger(__name__)\n\n\ndef go(apps, schema_editor):\n${body}\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [migrations.RunPython(go, migrations.RunPython.noop)]\n`;
const rails = (body: string) =>
  `class A < ActiveRecord::Migration[7.1]\n  def up\n${body}\n  end\n\n  def down; end\nend\n`;
const knex = (body: string) =>
  `const { createLogger, purge } = require('../src/utils/logger');\nconst billing = require('../src/billing');\nconst logger = createLogger('a');\n\nexports.up = async function (knex) {\n${body}\n};\nexports.down = async function () {};\n`;

test.each([
  ['Alembic', 'alembic/versions/b.py', python('    logger.info("a")\n    setup_logger().warning("b")')],
  ['Django', 'shop/migrations/0001_a.py', django('    logger.info("a")\n    get_logger().warning("b")')],
  ['Rails', 'db/migrate/20260101000000_a.rb', rails('    AppLogger.info("a")')],
  ['Knex', 'migrations/20260101000000_a.js', knex("  logger.info('a');\n  createLogger('b').warn('c');")],
])('a logger of %s that only logs is not told', async (_framework, path, text) => {
  expect(await told(path, text)).toEqual([]);
});

test.each([
  ['Alembic, asked for more', 'alembic/versions/b.py', python('    logger.purge()')],
  ['Alembic, of another module', 'alembic/versions/b.py', python('    get_logger().info("a")')],
  ['Alembic, beside a logger', 'alembic/versions/b.py', python('    purge("a")')],
  ['Django, asked for more', 'shop/migrations/0001_a.py', django('    log = get_logger()\n    log.purge()')],
  ['Django, of another module', 'shop/migrations/0001_a.py', django('    billing().info("a")')],
  ['Rails, asked for more', 'db/migrate/20260101000000_a.rb', rails('    AppLogger.purge')],
  ['Rails, of another name', 'db/migrate/20260101000000_a.rb', rails('    Loggable.info("a")')],
  ['Knex, asked for more', 'migrations/20260101000000_a.js', knex('  logger.purge();')],
  ['Knex, of another module', 'migrations/20260101000000_a.js', knex("  billing.getLogger().info('a');")],
  ['Knex, beside a logger', 'migrations/20260101000000_a.js', knex('  purge();')],
])('what only looks like one is told: %s', async (_how, path, text) => {
  expect(await told(path, text)).toEqual(['application code']);
});

async function told(path: string, text: string): Promise<unknown[]> {
  const { migrations } = await reviewed(
    { [path]: text },
    { projectTexts: { 'package.json': '{"dependencies":{"knex":"3.0.0"}}' }, basePaths: ['package.json'] },
  );
  const [migration] = migrations;
  if (!migration) throw new Error(`${path} is no migration`);
  return migration.operations.flatMap((each) => (each.kind === 'runCode' && each.does ? [each.does] : []));
}
