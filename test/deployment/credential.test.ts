import { expect, test } from 'vitest';
import { withoutPasswords } from '../../src/deployment/credential.ts';

test.each([
  ['flyway -url=jdbc:postgresql://db/shop -user=shop -password=hunter2 migrate', '-password=… migrate'],
  ['mvn -Dflyway.password="hunter 2" flyway:migrate', '-Dflyway.password=… flyway:migrate'],
  ['liquibase --password hunter2 update', '--password … update'],
  ['atlas migrate apply --url postgres://shop:hunter2@db:5432/shop', 'postgres://shop:…@db:5432/shop'],
  ['PGPASSWORD=hunter2 psql -f reset.sql', 'PGPASSWORD=… psql'],
  ['mysql -u root -phunter2 shop', 'mysql -u root -p… shop'],
  ['/usr/bin/mysql -phunter2', '/usr/bin/mysql -p…'],
])('%s is quoted without its password', (command, quoted) => {
  const written = withoutPasswords(command);
  expect(written).toContain(quoted);
  expect(written).not.toContain('hunter');
});

test.each([
  'flyway -password=$DB_PASSWORD migrate',
  'flyway -password="${DB_PASSWORD}" migrate',
  'liquibase --password {{ .Values.password }} update',
  'atlas migrate apply --url postgres://shop:$PASSWORD@db/shop',
  'PGPASSWORD=$(cat /run/secret) psql -f up.sql',
  'mysql -u root -p"$PASSWORD" shop',
  'psql -p 5432 -f up.sql',
  'rails db:migrate --password-file secret.txt',
  'docker run -p 8080:80 shop alembic upgrade head',
])('%s holds none', (command) => {
  expect(withoutPasswords(command)).toBe(command);
});

test('a long command of repetitions is given back as it is', () => {
  const command = `mysql ${'-a '.repeat(30_000)}${'-'.repeat(50_000)}password`;
  expect(withoutPasswords(command)).toBe(command);
});
