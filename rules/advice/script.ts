/** SQL in the words of frameworks whose migrations are programs: the body, to be pasted into the class or the file that is there. */

export type Script = { language: 'ruby' | 'python' | 'ts'; lines: string[] };

/** The statements as a script of the framework; undefined for frameworks whose migrations are SQL. */
export function findScript(framework: string, statements: readonly string[], isOutside: boolean): Script | undefined {
  return Object.hasOwn(scripts, framework) ? scripts[framework]?.(statements, isOutside) : undefined;
}

type Writer = (statements: readonly string[], isOutside: boolean) => Script;

const scripts: Record<string, Writer> = {
  rails: (statements, isOutside) => ({
    language: 'ruby',
    lines: [
      ...(isOutside ? ['disable_ddl_transaction!', ''] : []),
      'def up',
      ...statements.map((statement) => `  execute ${quoted(statement).replaceAll('#', '\\#')}`),
      'end',
    ],
  }),
  django: (statements, isOutside) => ({
    language: 'python',
    lines: [
      ...(isOutside ? ['atomic = False', ''] : []),
      '# state_operations: the operation as it stands in this migration, so that Django knows of it',
      'operations = [',
      ...statements.map(
        (statement) => `    migrations.RunSQL(${quoted(statement)}, migrations.RunSQL.noop, state_operations=[...]),`,
      ),
      ']',
    ],
  }),
  alembic: (statements, isOutside) => ({
    language: 'python',
    lines: [
      'def upgrade():',
      ...(isOutside ? ['    with op.get_context().autocommit_block():'] : []),
      ...statements.map((statement) => `${isOutside ? '        ' : '    '}op.execute(${quoted(statement)})`),
    ],
  }),
  typeorm: (statements, isOutside) => ({
    language: 'ts',
    lines: [
      ...(isOutside ? ['transaction = false', ''] : []),
      'async up(queryRunner: QueryRunner): Promise<void> {',
      ...statements.map((statement) => `  await queryRunner.query(${quoted(statement)});`),
      '}',
    ],
  }),
  'mikro-orm': (statements, isOutside) => ({
    language: 'ts',
    lines: [
      ...(isOutside ? ['isTransactional() {', '  return false;', '}', ''] : []),
      'async up(): Promise<void> {',
      ...statements.map((statement) => `  this.addSql(${quoted(statement)});`),
      '}',
    ],
  }),
  knex: (statements, isOutside) => ({
    language: 'ts',
    lines: [
      ...(isOutside ? ['exports.config = { transaction: false };', ''] : []),
      'exports.up = async function (knex) {',
      ...statements.map((statement) => `  await knex.raw(${quoted(statement)});`),
      '};',
    ],
  }),
  sequelize: (statements) => ({
    language: 'ts',
    lines: [
      'async up(queryInterface) {',
      ...statements.map((statement) => `  await queryInterface.sequelize.query(${quoted(statement)});`),
      '},',
    ],
  }),
  'db-migrate': (statements) => ({
    language: 'ts',
    lines: [
      'exports.up = async function (db) {',
      ...statements.map((statement) => `  await db.runSql(${quoted(statement)});`),
      '};',
    ],
  }),
};

/** A string of JSON is one of Python and JavaScript too; Ruby alone would fill in what stands behind a #. */
function quoted(statement: string): string {
  return JSON.stringify(statement);
}
