/** How a query goes through the connection of the migration. */
import type { Migration } from '../../src/operations/migration.ts';
import { fence } from '../../src/writers/fence.ts';
import type { CodeCall } from './code-calls.ts';

/** In the words of the framework; `call` goes through another connection. */
export function ownConnection({ framework }: Migration, call: CodeCall): string {
  if (framework === 'alembic')
    return `Bind a session to the connection of the migration, and query through that:\n\n${fence('python', [
      'from sqlalchemy.orm import Session',
      '',
      'def upgrade():',
      '    session = Session(bind=op.get_bind())',
      `    ${rebound(call.code)}`,
    ])}\n\nIts \`flush()\` is enough: Alembic commits. The tables are best said in the migration itself, with \`sa.table()\` and \`sa.column()\`.`;
  if (framework === 'rails')
    return `Use the connection of the migration (\`connection\`, \`execute\`). What is for another database goes into a migration of that database (\`migrations_paths\` in \`config/database.yml\`).`;
  return 'Query through the connection that the framework hands to the migration.';
}

/** The line as it reads once the session is the migration's own; what only names a model's query is turned into a query of the session. */
function rebound(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const [, ofSession] = line.split(/(?:^|\.)session\./, 2);
  if (ofSession !== undefined) return `session.${ofSession}`;
  const at = line.indexOf('.query.');
  if (at > 0) return `session.query(${line.slice(0, at)}).${line.slice(at + '.query.'.length)}`;
  const open = line.indexOf('.execute(');
  return open > 0 ? `session${line.slice(open)}` : `session.execute(...)  # instead of ${line}`;
}
