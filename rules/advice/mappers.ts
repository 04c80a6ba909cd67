/** Mappers that say columns themselves, and what writes their migrations. */
import type { MappedClass } from '../../src/operations/models.ts';
import { code } from '../../src/rule.ts';

/** Django compares its models itself, and has messages of its own. */
export type MapperName = Exclude<MappedClass['framework'], 'django'>;

export type Mapper = {
  title: string;
  /** What it calls a migration. */
  migration: 'revision' | 'migration';
  /** What writes one, as Markdown, to begin a sentence. */
  writes: string;
  /** What fails in CI where one is missing. */
  checks?: string;
};

const mappers: Record<MapperName, Mapper> = {
  sqlalchemy: {
    title: 'SQLAlchemy',
    migration: 'revision',
    writes: '`alembic revision --autogenerate` writes it',
    checks: 'alembic check',
  },
  // https://typeorm.io/docs/migrations/generating
  typeorm: {
    title: 'TypeORM',
    migration: 'migration',
    writes: '`typeorm migration:generate` writes it',
    checks: 'typeorm migration:generate --check',
  },
  // https://mikro-orm.io/docs/migrations#using-via-cli
  'mikro-orm': {
    title: 'MikroORM',
    migration: 'migration',
    writes: '`mikro-orm migration:create` writes it',
    checks: 'mikro-orm migration:check',
  },
  // https://sequelize.org/docs/v6/other-topics/migrations/
  sequelize: {
    title: 'Sequelize',
    migration: 'migration',
    writes: 'Sequelize compares nothing, so that it is written by hand into what `sequelize migration:generate` makes',
  },
  // https://orm.drizzle.team/docs/drizzle-kit-generate
  drizzle: { title: 'Drizzle', migration: 'migration', writes: '`drizzle-kit generate` writes it' },
};

/** The mapper of a class, or of the migrations that belong to it; undefined where it is none of these. */
export function mapperOf(framework: string): Mapper | undefined {
  const name = framework === 'alembic' ? 'sqlalchemy' : framework;
  return Object.entries(mappers).find(([each]) => each === name)?.[1];
}

/** What to do about a migration that is missing. */
export function putInMigration({ migration, writes, checks }: Mapper, isBefore = true): string {
  const first = `Put the ${migration} into this change${isBefore ? ', or merge it before' : ''}: ${writes}`;
  return checks === undefined
    ? `${first}.`
    : `${first}, and ${code(checks)} in CI finds the next one that is forgotten.`;
}
