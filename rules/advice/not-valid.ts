/** A constraint that is not checked where it is added. */
import type { Found } from '../../src/rule.ts';

/** What was found, with the two words that leave the rows unread. Only PostgreSQL knows them. */
export function withNotValid(found: Found | undefined): Found | undefined {
  return found && { ...found, insertion: { words: 'NOT VALID', at: 'end', arguments: unchecked } };
}

/** https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html, https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-constraint-options */
const unchecked = { rails: 'validate: false', alembic: 'postgresql_not_valid=True' };
