/** What is recommended on MySQL, MariaDB, SQLite and SQL Server, and on all. */
import type { Database } from '../../src/operations/migration.ts';
import { one, users, type Recipe } from './recipes.ts';

const mysql: Database[] = ['mysql', 'mariadb'];
const sqlite: Database[] = ['sqlite'];
const sqlserver: Database[] = ['sqlserver'];

export function otherRecipes(): Recipe[] {
  return [
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
    one('longer texts', mysql, 'ALTER TABLE users MODIFY city varchar(40);', users),
    one('longer texts', sqlserver, 'ALTER TABLE users ALTER COLUMN city varchar(80) NULL;', users),
    one('less strict', mysql, 'ALTER TABLE users ALTER COLUMN points SET DEFAULT 0;', users),
    one('columns at once', mysql, 'ALTER TABLE users ADD COLUMN a int, ADD COLUMN b varchar(20) AFTER city;', users),
    one(
      'an index by itself',
      mysql,
      'ALTER TABLE users ADD INDEX users_city (city), ALGORITHM=INPLACE, LOCK=NONE;',
      users,
    ),
    one(
      'another name in place of no index',
      mysql,
      'ALTER TABLE users DROP INDEX users_city, ALGORITHM=INPLACE;',
      `${users}CREATE INDEX users_city ON users (city);\n`,
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
      `CREATE TABLE users_new (id integer PRIMARY KEY, email text NOT NULL, city varchar(20), points int);
INSERT INTO users_new (id, email, city, points) SELECT id, email, city, points FROM users;
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
    one('a view', ['mysql', 'mariadb', 'sqlite', 'sqlserver'], 'CREATE VIEW active AS SELECT id FROM users;'),
  ];
}
