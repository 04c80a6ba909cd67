/** Claims about what roles may do. */
import type { Claim } from './claims.ts';

const ownedByApp = ['GRANT USAGE ON SCHEMA public TO app', 'ALTER TABLE lines OWNER TO app'];
const asApp = ['BEGIN', 'SET LOCAL ROLE app'];

/** Each with the statement that shows it. */
export const roleClaims: Claim[] = [
  {
    page: 'closed-rows',
    quote: 'INSERTs fail (42501)',
    before: [
      'GRANT USAGE ON SCHEMA public TO app',
      'ALTER TABLE lines ENABLE ROW LEVEL SECURITY',
      'GRANT ALL ON lines TO app',
      'BEGIN',
      'SET LOCAL ROLE app',
    ],
    run: 'INSERT INTO lines (id) VALUES (1)',
    happens: { error: '42501' },
  },
  {
    page: 'revoked-privilege',
    quote: 'what runs as the role is refused (42501)',
    before: [
      'GRANT USAGE ON SCHEMA public TO app',
      'GRANT ALL ON lines TO app',
      'REVOKE INSERT ON lines FROM app',
      'BEGIN',
      'SET LOCAL ROLE app',
    ],
    run: 'INSERT INTO lines (id) VALUES (1)',
    happens: { error: '42501' },
  },
  {
    page: 'revoked-privilege',
    quote: 'so does what was granted to the old one by name: whatever runs as that is refused (42501) from then on',
    before: [...ownedByApp, 'GRANT SELECT ON lines TO app', 'ALTER TABLE lines OWNER TO pg_monitor', ...asApp],
    run: 'SELECT id FROM lines',
    happens: { error: '42501' },
  },
  {
    page: 'revoked-privilege',
    quote: 'and so are its migrations, as they must own what they alter or drop',
    before: [...ownedByApp, 'ALTER TABLE lines OWNER TO pg_monitor', ...asApp],
    run: 'ALTER TABLE lines ADD COLUMN note text',
    happens: { error: '42501' },
  },
  {
    page: 'revoked-privilege',
    quote: 'unless it is a member of the new one',
    before: [...ownedByApp, 'ALTER TABLE lines OWNER TO pg_signal_backend', 'GRANT pg_signal_backend TO app', ...asApp],
    run: 'SELECT id FROM lines',
    happens: {},
  },
  {
    page: 'revoked-privilege',
    quote: 'one that stays with the old owner fails for all who read it',
    before: [
      ...ownedByApp,
      'CREATE VIEW numbers AS SELECT id FROM lines',
      'ALTER VIEW numbers OWNER TO app',
      'ALTER TABLE lines OWNER TO pg_monitor',
    ],
    run: 'SELECT id FROM numbers',
    happens: { error: '42501' },
  },
  {
    page: 'revoked-privilege',
    quote: 'A function may still be called',
    before: [
      "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
      'GRANT USAGE ON SCHEMA public TO app',
      'ALTER FUNCTION one() OWNER TO pg_monitor',
      ...asApp,
    ],
    run: 'SELECT one()',
    happens: {},
  },
];
