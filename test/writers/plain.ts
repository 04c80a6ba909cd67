import type { Operation } from '../../src/operations/operation.ts';

/** What is done, without where it stands, what transaction it is in, and what one reader sees and another does not. */
export function plain(operations: readonly Operation[]): object[] {
  return operations.filter(({ kind }) => kind !== 'begin' && kind !== 'commit').map(plainOne);
}

function plainOne({ span: _span, statement: _statement, ...rest }: Operation): object {
  if (rest.kind === 'dropConstraint') return { ...rest, constraint: undefined, was: undefined };
  if (rest.kind === 'dropIndex') return { ...rest, table: undefined, was: undefined };
  // Rails says what it was, for the way back.
  if (rest.kind === 'dropColumn') return { ...rest, was: undefined };
  // Rails says again what MySQL would forget.
  if (rest.kind === 'alterColumn' && rest.restated) return { ...rest, default: undefined, generated: undefined };
  if (rest.kind === 'alterColumn') return { ...rest, was: undefined };
  // Batches are picked in words of each framework's own.
  if (rest.kind === 'updateRows')
    return { ...rest, limited: undefined, looped: undefined, assigned: rest.assigned?.values };
  if (rest.kind === 'addConstraint' && rest.constraint.kind === 'foreignKey') {
    const { references } = rest.constraint;
    const columns = references.columns.length > 0 ? references.columns : ['id'];
    return { ...rest, constraint: { ...rest.constraint, references: { ...references, columns } } };
  }
  return rest;
}
