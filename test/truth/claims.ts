/** What the prose of the pages and their messages claim of PostgreSQL, each with a statement that shows it. */
import { columnClaims } from './column-claims.ts';
import { constraintClaims } from './constraint-claims.ts';
import { foreignKeyClaims } from './foreign-key-claims.ts';
import { objectClaims } from './object-claims.ts';
import { roleClaims } from './role-claims.ts';
import { tableClaims } from './table-claims.ts';

export type Claim = {
  page: string;
  /** Words of the page or of the rule's message, links left out. */
  quote: string;
  /** Run before, each by itself. */
  before?: string[];
  run: string;
  happens: {
    /** `table MODE`, the strongest that keeps writers out; `table free` where writers go on. */
    locks?: string[];
    rewritten?: string[];
    scanned?: string[];
    error?: string;
  };
};

/** Where every claim begins. */
export const claimedTables = `
  CREATE TABLE users (id bigint PRIMARY KEY, email text, handle varchar(20));
  INSERT INTO users VALUES (1, 'a', 'x'), (2, 'a', 'y');
  CREATE TABLE orders (id bigint NOT NULL, user_id bigint, total integer, net numeric(8, 2), made timestamp, room int, during tsrange);
  INSERT INTO orders VALUES (1, 1, 5, 1, now(), 1, '[2026-01-01,2026-01-03)'), (2, 9, NULL, 2, now(), 1, '[2026-01-02,2026-01-04)');
  CREATE INDEX orders_user ON orders (user_id);
  CREATE TABLE lines (id int, order_user bigint REFERENCES users (id));`;

export const claims: Claim[] = [
  ...columnClaims,
  ...constraintClaims,
  ...foreignKeyClaims,
  ...objectClaims,
  ...roleClaims,
  ...tableClaims,
];
