/** A constraint that is not checked where it is added. */
import { sharesTransaction, type Migration } from '../../src/operations/migration.ts';
import type { Found } from '../../src/rule.ts';

/** What was found, with the two words that leave the rows unread. Only PostgreSQL knows them. */
export function withNotValid(found: Found | undefined): Found | undefined {
  return found && { ...found, insertion: { words: 'NOT VALID', at: 'end', arguments: unchecked } };
}

/** https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html, https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-constraint-options */
const unchecked = { rails: 'validate: false', alembic: 'postgresql_not_valid=True' };

/** The same of all the steps to a constraint. */
export function oneByOne(migration: Migration): string {
  return sharesTransaction(migration)
    ? 'Each a migration and a run of `alembic upgrade` of its own (one run will do where `env.py` says `transaction_per_migration=True`)'
    : 'Each a migration of its own';
}

/** Where the validation belongs, so that it does not run under the lock of adding. */
export function inNextMigration(migration: Migration): string {
  return sharesTransaction(migration)
    ? 'in the next migration (in a later run of `alembic upgrade`, unless `env.py` says `transaction_per_migration=True`)'
    : 'in the next migration';
}
