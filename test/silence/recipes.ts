/** Patterns that are recommended because they harm nobody. */
import { otherRecipes } from './other-recipes.ts';
import { postgresRecipes } from './postgres-recipes.ts';
import type { Database } from '../../src/operations/migration.ts';

export type Step = { sql: string; outside?: true };
export type Recipe = {
  name: string;
  databases: Database[];
  /** What stands on the base branch, where it matters. */
  before?: string;
  /** Each a migration of its own, deployed one after the other. */
  steps: Step[];
};

/** Where a known table helps to read them. */
export const users =
  'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(80), city varchar(20), points integer);\n';

/** A recipe of one step. */
export function one(name: string, databases: Database[], sql: string, before?: string): Recipe {
  return { name, databases, steps: [{ sql: `${sql}\n` }], ...(before === undefined ? {} : { before }) };
}

/** All there are; a function, because the parts are built with what stands above. */
export function allRecipes(): Recipe[] {
  return [...postgresRecipes(), ...otherRecipes()];
}
