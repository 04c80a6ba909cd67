/** Claims about what foreign keys do at a DELETE. */
import type { Claim } from './claims.ts';

const nothing = { rewritten: [], scanned: [] };

const kept = (action: string) =>
  `ALTER TABLE lines ADD CONSTRAINT kept FOREIGN KEY (order_user) REFERENCES users (id)${action}`;
const pointed = ['ALTER TABLE lines DROP CONSTRAINT lines_order_user_fkey', 'INSERT INTO lines VALUES (1, 1)'];

/** Each with the statement that shows it. */
export const foreignKeyClaims: Claim[] = [
  {
    page: 'changed-delete-action',
    quote: 'fails from here on',
    before: [...pointed, kept('')],
    run: 'DELETE FROM users WHERE id = 1',
    happens: { error: '23503' },
  },
  {
    page: 'changed-delete-action',
    quote: 'fails from here on with 23502',
    before: [...pointed, kept(' ON DELETE SET NULL'), 'ALTER TABLE lines ALTER COLUMN order_user SET NOT NULL'],
    run: 'DELETE FROM users WHERE id = 1',
    happens: { error: '23502' },
  },
  {
    page: 'changed-delete-action',
    quote: 'deletes the rows of ',
    before: [...pointed, kept(' ON DELETE CASCADE NOT VALID'), 'DELETE FROM users WHERE id = 1'],
    run: 'ALTER TABLE lines ADD CHECK (false)',
    happens: { locks: ['lines ACCESS EXCLUSIVE'] },
  },
  {
    page: 'lost-in-rebuild',
    quote: 'follow the table that makes room and not its name',
    before: [
      ...pointed,
      kept(' NOT VALID'),
      'ALTER TABLE users RENAME TO users_old',
      'CREATE TABLE users (LIKE users_old INCLUDING ALL)',
      'INSERT INTO users SELECT * FROM users_old',
      'INSERT INTO users (id) VALUES (77)',
    ],
    run: 'INSERT INTO lines VALUES (2, 77)',
    happens: { error: '23503' },
  },
  {
    page: 'dropped-foreign-key',
    quote: 'keeps the key from coming back',
    before: [...pointed, 'DELETE FROM users WHERE id = 1'],
    run: kept(''),
    happens: { error: '23503' },
  },
  {
    page: 'validating-foreign-key',
    quote: 'Adding a foreign key takes SHARE ROW EXCLUSIVE on both tables',
    before: ['DELETE FROM orders WHERE user_id = 9'],
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    happens: { locks: ['orders SHARE ROW EXCLUSIVE', 'users SHARE ROW EXCLUSIVE'], scanned: ['orders'] },
  },
  {
    page: 'validating-foreign-key',
    quote: 'It fails if one row points nowhere',
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    happens: { error: '23503' },
  },
  {
    page: 'validating-foreign-key',
    quote: '`NOT VALID` leaves the old rows for later',
    run: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID',
    happens: { locks: ['orders SHARE ROW EXCLUSIVE', 'users SHARE ROW EXCLUSIVE'], ...nothing },
  },
  {
    page: 'validating-foreign-key',
    quote: '`VALIDATE CONSTRAINT` checks them under SHARE UPDATE EXCLUSIVE, which lets writes through',
    before: [
      'DELETE FROM orders WHERE user_id = 9',
      'ALTER TABLE orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID',
    ],
    run: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_user_fkey',
    happens: { locks: ['orders free', 'users free'], scanned: ['orders'] },
  },
  {
    page: 'foreign-key-type',
    quote: 'no operator between the two (42804)',
    run: 'CREATE TABLE carts (owner text REFERENCES users)',
    happens: { error: '42804' },
  },
  {
    page: 'foreign-key-type',
    quote: 'takes an `integer` that points to a `bigint`, and every INSERT fails on the day when the key outgrows it',
    before: ['INSERT INTO users (id) VALUES (3000000000)'],
    run: 'CREATE TABLE carts (owner integer REFERENCES users); INSERT INTO carts VALUES (3000000000)',
    happens: { error: '22003' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'Without one the statement fails (42830)',
    run: 'CREATE TABLE carts (owner text REFERENCES users (email))',
    happens: { error: '42830' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'a unique index that has a WHERE',
    before: ['CREATE UNIQUE INDEX some_totals ON orders (total) WHERE total < 0'],
    run: 'CREATE TABLE carts (total integer REFERENCES orders (total))',
    happens: { error: '42830' },
  },
  {
    page: 'foreign-key-to-no-key',
    quote: 'over an expression',
    before: ['CREATE UNIQUE INDEX lower_ids ON orders ((id + 0))'],
    run: 'CREATE TABLE carts (total integer REFERENCES orders (total))',
    happens: { error: '42830' },
  },
  {
    page: 'cascaded-foreign-key',
    quote: 'which drops the foreign key as well',
    run: 'ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE',
    happens: { locks: ['lines ACCESS EXCLUSIVE'] },
  },
];
