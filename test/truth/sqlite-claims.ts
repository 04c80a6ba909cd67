/** What the pages and their messages claim of SQLite, each with statements that show it. */

export type SqliteClaim = {
  page: string;
  /** Words of the page or of the rule's source, links left out. */
  quote: string;
  /** Run before, with foreign keys on. */
  before?: string;
  run: string;
  /** What SQLite says; absent where the statements are done. */
  error?: string;
  /** A question about what is there after it, and its answer. */
  leaves?: { sql: string; rows: unknown[] };
};

/** Where every claim begins. */
export const sqliteTables = `
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
  INSERT INTO users VALUES (1, 'a'), (2, 'a');
  CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER, state INTEGER CHECK (state > 0), parent INTEGER REFERENCES orders (id));
  INSERT INTO orders VALUES (1, 1, 1, NULL);
  CREATE TABLE carts (id INTEGER, code TEXT UNIQUE, a INTEGER, b INTEGER, c INTEGER, CHECK (b > 0), FOREIGN KEY (c) REFERENCES users (id), PRIMARY KEY (id));
  CREATE TABLE notes (user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
  INSERT INTO notes VALUES (1);`;

const dropsNone =
  'that is a key or unique, or that an index, a check of the table, a foreign key of the table or a view names';
const touches =
  "CREATE TRIGGER touch AFTER INSERT ON orders BEGIN UPDATE users SET email = 'b' WHERE id = new.user_id; END;";
const goesWithIt = 'a check or `REFERENCES` at the column itself goes with it';

/** Each with the statement that shows it. */
export const sqliteClaims: SqliteClaim[] = [
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    run: 'ALTER TABLE carts DROP COLUMN id',
    error: 'cannot drop PRIMARY KEY column: "id"',
  },
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    run: 'ALTER TABLE carts DROP COLUMN code',
    error: 'cannot drop UNIQUE column: "code"',
  },
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    before: 'CREATE INDEX carts_a ON carts (a)',
    run: 'ALTER TABLE carts DROP COLUMN a',
    error: 'error in index carts_a after drop column: no such column: a',
  },
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    run: 'ALTER TABLE carts DROP COLUMN b',
    error: 'error in table carts after drop column: no such column: b',
  },
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    run: 'ALTER TABLE carts DROP COLUMN c',
    error: 'error in table carts after drop column: unknown column "c" in foreign key definition',
  },
  {
    page: 'needed-by-constraint',
    quote: dropsNone,
    before: 'CREATE VIEW all_carts AS SELECT a FROM carts',
    run: 'ALTER TABLE carts DROP COLUMN a',
    error: 'error in view all_carts after drop column: no such column: a',
  },
  { page: 'needed-by-constraint', quote: goesWithIt, run: 'ALTER TABLE orders DROP COLUMN state' },
  { page: 'needed-by-constraint', quote: goesWithIt, run: 'ALTER TABLE orders DROP COLUMN parent' },
  {
    page: 'replaced-parent-rows',
    quote: 'what stood there is lost',
    run: 'INSERT OR REPLACE INTO users (id) VALUES (1)',
    leaves: { sql: 'SELECT email FROM users WHERE id = 1', rows: [{ email: null }] },
  },
  {
    page: 'refused-in-transaction',
    quote: 'SQLite WAL and `synchronous`',
    before: 'BEGIN',
    run: 'PRAGMA journal_mode = WAL',
    error: 'cannot change into wal mode from within a transaction',
  },
  {
    page: 'refused-in-transaction',
    quote: 'SQLite WAL and `synchronous`',
    before: 'BEGIN',
    run: 'PRAGMA synchronous = OFF',
    error: 'Safety level may not be changed inside a transaction',
  },
  {
    page: 'refused-in-transaction',
    quote: 'VACUUM',
    before: 'BEGIN',
    run: 'VACUUM',
    error: 'cannot VACUUM from within a transaction',
  },
  {
    page: 'transaction-by-hand',
    quote: 'cannot start a transaction within a transaction',
    before: 'BEGIN',
    run: 'BEGIN',
    error: 'cannot start a transaction within a transaction',
  },
  {
    page: 'added-unique-constraint',
    quote: 'fails on the first duplicate',
    run: 'CREATE UNIQUE INDEX users_email ON users (email)',
    error: 'UNIQUE constraint failed: users.email',
  },
  {
    page: 'added-unique-constraint',
    quote: 'Cannot add a UNIQUE column',
    run: 'ALTER TABLE users ADD COLUMN code TEXT UNIQUE',
    error: 'Cannot add a UNIQUE column',
  },
  {
    page: 'added-primary-key',
    quote: 'SQLite cannot add a PRIMARY KEY column',
    run: 'ALTER TABLE users ADD COLUMN code TEXT PRIMARY KEY',
    error: 'Cannot add a PRIMARY KEY column',
  },
  {
    page: 'required-column-without-default',
    quote: 'cannot add a NOT NULL column with default value NULL',
    run: 'ALTER TABLE users ADD COLUMN code TEXT NOT NULL',
    error: 'Cannot add a NOT NULL column with default value NULL',
  },
  {
    page: 'name-not-there',
    quote: 'no such column',
    run: 'CREATE INDEX users_state ON users (state)',
    error: 'no such column: state',
  },
  {
    page: 'rebuild-empties-children',
    quote: 'does nothing inside the transaction',
    before: 'BEGIN; PRAGMA foreign_keys = OFF',
    run: 'DROP TABLE users; COMMIT',
    leaves: { sql: 'SELECT count(*) AS rows FROM notes', rows: [{ rows: 0 }] },
  },
  {
    page: 'rebuild-empties-children',
    quote: '`PRAGMA foreign_keys = OFF;` before `BEGIN`',
    before: 'PRAGMA foreign_keys = OFF; BEGIN',
    run: 'DROP TABLE users; COMMIT',
    leaves: { sql: 'SELECT count(*) AS rows FROM notes', rows: [{ rows: 1 }] },
  },
  {
    page: 'needed-by-constraint',
    quote: 'A generated column, an index over an expression and a trigger hold it as well.',
    before: 'ALTER TABLE carts ADD COLUMN twice GENERATED ALWAYS AS (a * 2)',
    run: 'ALTER TABLE carts DROP COLUMN a',
    error: 'error in table carts after drop column: no such column: a',
  },
  {
    page: 'needed-by-constraint',
    quote: 'A generated column, an index over an expression and a trigger hold it as well.',
    before: 'CREATE INDEX carts_a ON carts (abs(a))',
    run: 'ALTER TABLE carts DROP COLUMN a',
    error: 'error in index carts_a after drop column: no such column: a',
  },
  {
    page: 'needed-by-view',
    quote: 'Triggers of other tables are views in this: a rename and a `DROP COLUMN` look at all that they read.',
    before: `${touches} CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT); PRAGMA foreign_keys = OFF; DROP TABLE users;`,
    run: 'ALTER TABLE users_new RENAME TO users',
    error: 'error in trigger touch: no such table: main.users',
  },
  {
    page: 'needed-by-view',
    quote: 'Triggers of other tables are views in this: a rename and a `DROP COLUMN` look at all that they read.',
    before: "CREATE TRIGGER touch AFTER INSERT ON orders BEGIN DELETE FROM users WHERE email = 'a'; END",
    run: 'ALTER TABLE users DROP COLUMN email',
    error: 'error in trigger touch after drop column: no such column: email',
  },
  {
    page: 'needed-by-view',
    quote: 'What a trigger only writes is looked up when it fires: the column goes,',
    before: touches,
    run: 'ALTER TABLE users DROP COLUMN email',
  },
  {
    page: 'needed-by-view',
    quote: 'every write that fires the trigger fails',
    before: `${touches} ALTER TABLE users DROP COLUMN email;`,
    run: 'INSERT INTO orders (id, state) VALUES (2, 1)',
    error: 'no such column: email',
  },
  {
    page: 'needed-by-view',
    quote: 'a rename looks at none of them',
    before: `${touches} CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT); PRAGMA foreign_keys = OFF; DROP TABLE users; PRAGMA legacy_alter_table = ON;`,
    run: 'ALTER TABLE users_new RENAME TO users',
  },
  {
    page: 'volatile-default',
    quote: 'CHECK constraint failed',
    run: 'ALTER TABLE orders ADD COLUMN amount INTEGER NOT NULL DEFAULT 0 CHECK (amount > 0)',
    error: 'CHECK constraint failed',
  },
  {
    page: 'volatile-default',
    quote: 'does not let its default pass',
    run: "ALTER TABLE orders ADD COLUMN kind TEXT CHECK (kind IN ('open', 'closed'))",
  },
  {
    page: 'refused-by-table-kind',
    quote: 'in a `STRICT` table',
    before: 'CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT',
    run: 'ALTER TABLE kept ADD COLUMN city VARCHAR(40)',
    error: 'error in table kept after add column: unknown datatype for kept.city: "VARCHAR(40)"',
  },
  {
    page: 'refused-by-table-kind',
    quote: 'alters nor indexes',
    before: 'CREATE VIRTUAL TABLE found USING fts5(body)',
    run: 'ALTER TABLE found ADD COLUMN title',
    error: 'virtual tables may not be altered',
  },
  {
    page: 'refused-by-table-kind',
    quote: 'alters nor indexes',
    before: 'CREATE VIRTUAL TABLE found USING fts5(body)',
    run: 'CREATE INDEX found_body ON found (body)',
    error: 'virtual tables may not be indexed',
  },
  {
    page: 'lost-in-rebuild',
    quote: 'fills the wrong ones without an error where that changed',
    before: "CREATE TABLE a (x TEXT, y TEXT); INSERT INTO a VALUES ('x', 'y'); CREATE TABLE b (y TEXT, x TEXT);",
    run: 'INSERT INTO b SELECT * FROM a',
    leaves: { sql: 'SELECT x FROM b', rows: [{ x: 'y' }] },
  },
  {
    page: 'lost-in-rebuild',
    quote: 'the number of a deleted row is given to a new one',
    before: 'CREATE TABLE b (id INTEGER PRIMARY KEY); INSERT INTO b DEFAULT VALUES; DELETE FROM b;',
    run: 'INSERT INTO b DEFAULT VALUES',
    leaves: { sql: 'SELECT id FROM b', rows: [{ id: 1 }] },
  },
  {
    page: 'rebuild-empties-children',
    quote: 'FOREIGN KEY constraint failed',
    before:
      'INSERT INTO orders VALUES (3, 1, 1, 1); CREATE TABLE held (id INTEGER REFERENCES orders (id)); INSERT INTO held VALUES (1); BEGIN; PRAGMA foreign_keys = OFF;',
    run: 'DROP TABLE orders',
    error: 'FOREIGN KEY constraint failed',
  },
  {
    page: 'refused-by-table-kind',
    quote: 'asks for a primary key that does not count',
    run: 'CREATE TABLE marks (id INTEGER) WITHOUT ROWID',
    error: 'PRIMARY KEY missing on table marks',
  },
  {
    page: 'refused-by-table-kind',
    quote: 'asks for a primary key that does not count',
    run: 'CREATE TABLE marks (id INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID',
    error: 'AUTOINCREMENT not allowed on WITHOUT ROWID tables',
  },
];
