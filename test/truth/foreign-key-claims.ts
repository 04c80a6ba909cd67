/** Claims about what foreign keys do at a DELETE. */
import type { Claim } from './claims.ts';

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
    page: 'dropped-foreign-key',
    quote: 'keeps the key from coming back',
    before: [...pointed, 'DELETE FROM users WHERE id = 1'],
    run: kept(''),
    happens: { error: '23503' },
  },
];
