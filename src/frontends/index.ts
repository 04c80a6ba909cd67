/** Every frontend in the order in which they are asked: markers in the file first, then strict places, the vaguest names last. */
import { alembic } from './alembic/index.ts';
import { atlas } from './atlas/index.ts';
import { dbMigrate } from './db-migrate/index.ts';
import { dbmate } from './dbmate/index.ts';
import { diesel } from './diesel/index.ts';
import { django } from './django/index.ts';
import { drizzle } from './drizzle/index.ts';
import { flyway } from './flyway/index.ts';
import type { Claim, Frontend, Project, SourceFile } from './frontend.ts';
import { golangMigrate } from './golang-migrate/index.ts';
import { goose } from './goose/index.ts';
import { knex } from './knex/index.ts';
import { kysely } from './kysely/index.ts';
import { mikroOrm } from './mikro-orm/index.ts';
import { nodePgMigrate } from './node-pg-migrate/index.ts';
import { claimPlain, plainSql } from './plain-sql/index.ts';
import { prisma } from './prisma/index.ts';
import { rails } from './rails/index.ts';
import { remembered } from './remembered.ts';
import { sequelize } from './sequelize/index.ts';
import { sqlx } from './sqlx/index.ts';
import { supabase } from './supabase/index.ts';
import { typeorm } from './typeorm/index.ts';

/** The frontends; the first that claims a file has it. */
export const frontends: readonly Frontend[] = [
  alembic,
  dbMigrate,
  goose,
  dbmate,
  supabase,
  prisma,
  drizzle,
  diesel,
  django,
  flyway,
  nodePgMigrate,
  atlas,
  golangMigrate,
  sqlx,
  rails,
  typeorm,
  mikroOrm,
  sequelize,
  kysely,
  knex,
  plainSql,
];

/** The file among `paths` that holds the whole schema before a migration at `path`, or undefined where earlier migrations have to tell it. */
export function findSchemaFile(path: string, paths: ReadonlySet<string>): string | undefined {
  for (const frontend of frontends) {
    const file = frontend.schemaFile?.(path, paths);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The files among `paths` that state the schema which the migrations around `path` lead to, of whichever framework they may be. */
export function findStatedFiles(path: string, paths: ReadonlySet<string>): string[] {
  return frontends.flatMap((frontend) => frontend.stated?.find(path, paths) ?? []);
}

export type Claimed = { framework: string; claim: Claim };

/** The frontend of that name, or undefined. */
export function findFrontend(framework: string): Frontend | undefined {
  return frontends.find((frontend) => frontend.framework === framework);
}

/** True for paths whose text some frontend needs. */
export const wants = remembered((path) => frontends.some((frontend) => frontend.wants(path)));

/**
 * The first claim on a file, or undefined. Where the configuration names a framework only that one is asked, and an SQL file
 * in a place that it would not expect is its migration all the same.
 */
export function findClaim(file: SourceFile, project: Project, framework?: string): Claimed | undefined {
  if (framework !== undefined) return findClaimOf(framework, file, project);
  for (const frontend of frontends) {
    const claim = frontend.claim(file, project);
    if (claim) return { framework: frontend.framework, claim };
  }
  return undefined;
}

function findClaimOf(framework: string, file: SourceFile, project: Project): Claimed | undefined {
  const frontend = findFrontend(framework);
  if (!frontend) return undefined;
  const claim = frontend.claim(file, project);
  if (claim) return { framework, claim };
  return file.path.endsWith('.sql') ? { framework, claim: claimPlain(file.path, project) } : undefined;
}
