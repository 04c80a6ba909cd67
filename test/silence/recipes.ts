/** Patterns that are recommended because they harm nobody. */
import type { Database } from '../../src/operations/migration.ts';

export type Step = { sql: string; outside?: true };
export type Recipe = {
  name: string;
  databases: Database[];
  /** What stands on the base branch, where it matters. */
  before?: string;
  /** Each a migration of its own, deployed one after the other. */
  steps: Step[];
};

const postgres: Database[] = ['postgres'];
const mysql: Database[] = ['mysql', 'mariadb'];
const sqlite: Database[] = ['sqlite'];
const sqlserver: Database[] = ['sqlserver'];

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(80), city varchar(20), points integer);\n';
const one = (name: string, databases: Database[], sql: string, before?: string): Recipe => ({
  name,
  databases,
  steps: [{ sql: `${sql}\n` }],
  ...(before === undefined ? {} : { before }),
});

export const recipes: Recipe[] = [
  one(
    'a nullable column',
    ['postgres', 'mysql', 'mariadb', 'sqlite'],
    'ALTER TABLE users ADD COLUMN locale varchar(8);',
    users,
  ),
  one('a nullable column', sqlserver, 'ALTER TABLE users ADD locale nvarchar(8) NULL;', users),
  one(
    'a nullable column of a table that is not known',
    ['postgres', 'mysql', 'mariadb', 'sqlite'],
    'ALTER TABLE users ADD COLUMN locale varchar(8);',
  ),
  one(
    'a constant default that stays',
    ['postgres', 'mysql', 'mariadb', 'sqlite'],
    "ALTER TABLE users ADD COLUMN locale varchar(8) NOT NULL DEFAULT 'en';",
  ),
  one(
    'a constant default that stays',
    sqlserver,
    "ALTER TABLE users ADD locale nvarchar(8) NOT NULL CONSTRAINT users_locale DEFAULT 'en';",
  ),
  one(
    'a time that is the same for all rows',
    postgres,
    'ALTER TABLE users ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();',
  ),
  one(
    'a limit to the wait, then the column',
    postgres,
    "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN locale text;",
  ),
  {
    name: 'a foreign key, validated later',
    databases: postgres,
    steps: [
      { sql: 'ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n' },
      { sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_user;\n' },
    ],
  },
  {
    name: 'a check, validated later',
    databases: postgres,
    steps: [
      { sql: 'ALTER TABLE orders ADD CONSTRAINT paid CHECK (total > 0) NOT VALID;\n' },
      { sql: 'ALTER TABLE orders VALIDATE CONSTRAINT paid;\n' },
    ],
  },
  {
    name: 'a required column, proven by a check',
    databases: postgres,
    before: users,
    steps: [
      { sql: 'ALTER TABLE users ADD CONSTRAINT email_given CHECK (email IS NOT NULL) NOT VALID;\n' },
      { sql: 'ALTER TABLE users VALIDATE CONSTRAINT email_given;\n' },
      { sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT email_given;\n' },
    ],
  },
  {
    name: 'a unique constraint over an index built before',
    databases: postgres,
    before: users,
    steps: [
      { sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);\n', outside: true },
      { sql: 'ALTER TABLE users ADD CONSTRAINT users_email UNIQUE USING INDEX users_email;\n' },
    ],
  },
  {
    name: 'a primary key over an index built before',
    databases: postgres,
    steps: [
      { sql: 'CREATE UNIQUE INDEX CONCURRENTLY visits_pkey ON visits (id);\n', outside: true },
      { sql: 'ALTER TABLE visits ADD CONSTRAINT visits_pkey PRIMARY KEY USING INDEX visits_pkey;\n' },
    ],
  },
  {
    name: 'an index, concurrently and alone, and out again',
    databases: postgres,
    before: users,
    steps: [
      { sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_city ON users (city) WHERE points > 0;\n', outside: true },
      { sql: 'REINDEX INDEX CONCURRENTLY users_city;\n', outside: true },
      { sql: 'DROP INDEX CONCURRENTLY IF EXISTS users_city;\n', outside: true },
    ],
  },
  {
    name: 'a UUID for every row, in phases',
    databases: postgres,
    before: users,
    steps: [
      {
        sql: 'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();\n',
      },
      { sql: 'UPDATE users SET token = gen_random_uuid() WHERE id BETWEEN 1 AND 10000 AND token IS NULL;\n' },
      { sql: 'CREATE UNIQUE INDEX CONCURRENTLY users_token ON users (token);\n', outside: true },
    ],
  },
  {
    name: 'expand: a column beside the old one, then its rows',
    databases: ['postgres', 'mysql', 'mariadb', 'sqlite'],
    before: users,
    steps: [
      { sql: 'ALTER TABLE users ADD COLUMN town varchar(80);\n' },
      { sql: 'UPDATE users SET town = city WHERE id BETWEEN 1 AND 10000 AND town IS NULL;\n' },
    ],
  },
  one('a batch of rows', mysql, 'UPDATE users SET city = NULL WHERE points = 0 LIMIT 1000;', users),
  one(
    'old rows that go by a condition',
    ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
    "DELETE FROM users WHERE city = 'nowhere';",
    users,
  ),
  one(
    'a few rows of a lookup table',
    ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
    "INSERT INTO settings (name, value) VALUES ('theme', 'dark'), ('page', '20');",
  ),
  {
    name: 'an enum value, used one migration later',
    databases: postgres,
    before: "CREATE TYPE state AS ENUM ('open', 'paid');\nCREATE TABLE orders (id bigint PRIMARY KEY, state state);\n",
    steps: [
      { sql: "ALTER TYPE state ADD VALUE IF NOT EXISTS 'sent' AFTER 'paid';\n" },
      { sql: "ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';\n" },
    ],
  },
  one(
    'longer texts',
    postgres,
    'ALTER TABLE users ALTER COLUMN city TYPE varchar(80);\nALTER TABLE users ALTER COLUMN email TYPE text;',
    users,
  ),
  one('longer texts', mysql, 'ALTER TABLE users MODIFY city varchar(40);', users),
  one('longer texts', sqlserver, 'ALTER TABLE users ALTER COLUMN city varchar(80) NULL;', users),
  one(
    'less strict',
    postgres,
    'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\nALTER TABLE users ALTER COLUMN points SET DEFAULT 0;',
  ),
  one('less strict', mysql, 'ALTER TABLE users ALTER COLUMN points SET DEFAULT 0;', users),
  one(
    'new tables with everything in them',
    postgres,
    `CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE carts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  mood mood NOT NULL DEFAULT 'good',
  total numeric(12, 2) NOT NULL CHECK (total >= 0),
  opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX carts_user ON carts (user_id);
ALTER TABLE carts ADD CONSTRAINT carts_once UNIQUE (user_id, opened_at);
ALTER TABLE carts ALTER COLUMN token SET NOT NULL;
CREATE TABLE cart_states (name text PRIMARY KEY);
INSERT INTO cart_states VALUES ('open'), ('closed');
UPDATE cart_states SET name = upper(name);
ALTER TABLE carts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON carts USING (true);
COMMENT ON TABLE carts IS 'what is about to be bought';
GRANT SELECT ON carts TO reader;
CREATE VIEW open_carts AS SELECT id FROM carts;`,
  ),
  one(
    'new tables with everything in them',
    mysql,
    `CREATE TABLE carts (
  id bigint AUTO_INCREMENT PRIMARY KEY,
  user_id bigint NOT NULL,
  token char(36) NOT NULL UNIQUE,
  total decimal(12, 2) NOT NULL DEFAULT 0,
  mood enum('good', 'bad') NOT NULL DEFAULT 'good',
  opened_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  KEY carts_user (user_id),
  CONSTRAINT carts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE cart_states (name varchar(20) PRIMARY KEY);
CREATE INDEX carts_opened ON carts (opened_at);
INSERT INTO cart_states VALUES ('open'), ('closed');`,
  ),
  one(
    'new tables with everything in them',
    sqlite,
    `CREATE TABLE carts (
  id integer PRIMARY KEY AUTOINCREMENT,
  user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  total numeric NOT NULL DEFAULT 0 CHECK (total >= 0),
  opened_at text NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX carts_user ON carts (user_id);
CREATE UNIQUE INDEX carts_once ON carts (user_id, opened_at);
INSERT INTO carts (user_id, token) VALUES (1, 'x');`,
  ),
  one(
    'new tables with everything in them',
    sqlserver,
    `CREATE TABLE carts (
  id bigint IDENTITY(1, 1) NOT NULL CONSTRAINT carts_pk PRIMARY KEY,
  user_id bigint NOT NULL CONSTRAINT carts_user FOREIGN KEY REFERENCES users (id),
  token uniqueidentifier NOT NULL CONSTRAINT carts_token DEFAULT NEWID(),
  opened_at datetime2 NOT NULL CONSTRAINT carts_opened DEFAULT SYSUTCDATETIME()
);
CREATE INDEX carts_by_user ON carts (user_id);
CREATE UNIQUE INDEX carts_by_token ON carts (token);`,
  ),
  one('an index', mysql, 'CREATE INDEX users_city ON users (city);', users),
  one(
    'an index, asked to stay out of the way',
    mysql,
    'ALTER TABLE users ADD INDEX users_city (city), ALGORITHM=INPLACE, LOCK=NONE;',
    users,
  ),
  one(
    'an instant column',
    mysql,
    "ALTER TABLE users ADD COLUMN locale varchar(8) NOT NULL DEFAULT 'en', ALGORITHM=INSTANT;",
    users,
  ),
  one(
    'a value at the end of an enum',
    mysql,
    "ALTER TABLE orders MODIFY state enum('open', 'paid', 'sent') NOT NULL;",
    "CREATE TABLE orders (id bigint PRIMARY KEY, state enum('open', 'paid') NOT NULL);\n",
  ),
  one('an index that goes', ['mysql', 'mariadb', 'sqlserver'], 'DROP INDEX users_city ON users;'),
  one('a partition more', mysql, 'ALTER TABLE visits ADD PARTITION (PARTITION p2027 VALUES LESS THAN (2028));'),
  one('an index', sqlite, 'CREATE INDEX users_city ON users (city);', users),
  one(
    'a table made anew by the book',
    sqlite,
    `CREATE TABLE users_new (id integer PRIMARY KEY, email text NOT NULL);
INSERT INTO users_new SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;`,
    users,
  ),
  one('an index, online', sqlserver, 'CREATE INDEX users_city ON users (city) WITH (ONLINE = ON);', users),
  one(
    'a foreign key that checks nothing yet',
    sqlserver,
    'ALTER TABLE orders WITH NOCHECK ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);',
  ),
  one(
    'a view and a function',
    postgres,
    "CREATE OR REPLACE VIEW active AS SELECT id FROM users;\nCREATE OR REPLACE FUNCTION named() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;",
  ),
  one('a view', ['mysql', 'mariadb', 'sqlite', 'sqlserver'], 'CREATE VIEW active AS SELECT id FROM users;'),
  one(
    'a table renamed behind a view',
    postgres,
    'ALTER TABLE users RENAME TO accounts;\nCREATE VIEW users AS SELECT * FROM accounts;',
    users,
  ),
  one(
    'a comment, statistics and a storage parameter',
    postgres,
    "COMMENT ON COLUMN users.email IS 'where to write';\nALTER TABLE users ALTER COLUMN city SET STATISTICS 500;\nALTER TABLE users SET (fillfactor = 90);",
    users,
  ),
  one(
    'a partition that is made for it',
    postgres,
    "CREATE TABLE visits_2027 (id bigint, day date NOT NULL);\nALTER TABLE visits ATTACH PARTITION visits_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');",
    'CREATE TABLE visits (id bigint, day date NOT NULL) PARTITION BY RANGE (day);\n',
  ),
  {
    name: 'an index on partitions, piece by piece',
    databases: postgres,
    before:
      "CREATE TABLE visits (id bigint, day date NOT NULL) PARTITION BY RANGE (day);\nCREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');\n",
    steps: [
      { sql: 'CREATE INDEX visits_id ON ONLY visits (id);\n' },
      { sql: 'CREATE INDEX CONCURRENTLY visits_2026_id ON visits_2026 (id);\n', outside: true },
      { sql: 'ALTER INDEX visits_id ATTACH PARTITION visits_2026_id;\n' },
    ],
  },
  {
    name: 'a partition that leaves, concurrently',
    databases: postgres,
    steps: [{ sql: 'ALTER TABLE visits DETACH PARTITION visits_2020 CONCURRENTLY;\n', outside: true }],
  },
];
