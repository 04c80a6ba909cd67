/** Mappers that say columns themselves, and what writes their migrations. */
import type { MappedClass } from '../../src/operations/models.ts';
import type { ChangeContext } from '../../src/rule.ts';
import { driftCheckToAdd } from './drift-check.ts';

/** Django compares its models itself, and has messages of its own. */
export type MapperName = Exclude<MappedClass['framework'], 'django'>;

export type Mapper = {
  title: string;
  /** What it calls a migration. */
  migration: 'revision' | 'migration';
  /** What writes one, as Markdown, to begin a sentence. */
  writes: string;
  /** Whose migrations they are. */
  framework: string;
};

const mappers: Record<MapperName, Mapper> = {
  sqlalchemy: {
    title: 'SQLAlchemy',
    migration: 'revision',
    writes: '`alembic revision --autogenerate` writes it',
    framework: 'alembic',
  },
  // https://typeorm.io/docs/migrations/generating
  typeorm: {
    title: 'TypeORM',
    migration: 'migration',
    writes: '`typeorm migration:generate` writes it',
    framework: 'typeorm',
  },
  // https://mikro-orm.io/docs/migrations#using-via-cli
  'mikro-orm': {
    title: 'MikroORM',
    migration: 'migration',
    writes: '`mikro-orm migration:create` writes it',
    framework: 'mikro-orm',
  },
  // https://sequelize.org/docs/v6/other-topics/migrations/
  sequelize: {
    title: 'Sequelize',
    migration: 'migration',
    writes: 'Sequelize compares nothing, so that it is written by hand into what `sequelize migration:generate` makes',
    framework: 'sequelize',
  },
  // https://orm.drizzle.team/docs/drizzle-kit-generate
  drizzle: {
    title: 'Drizzle',
    migration: 'migration',
    writes: '`drizzle-kit generate` writes it',
    framework: 'drizzle',
  },
};

/** The mapper of a class, or of the migrations that belong to it; undefined where it is none of these. */
export function mapperOf(framework: string): Mapper | undefined {
  const name = framework === 'alembic' ? 'sqlalchemy' : framework;
  return Object.entries(mappers).find(([each]) => each === name)?.[1];
}

/** What to do about a migration that is missing. */
export function putInMigration(
  { migration, writes, framework }: Mapper,
  { deployments, standingDeployments }: ChangeContext,
  isBefore = true,
): string {
  const first = `Put the ${migration} into this change${isBefore ? ', or merge it before' : ''}: ${writes}.`;
  return `${first}${driftCheckToAdd(framework, [...deployments, ...standingDeployments])}`;
}
