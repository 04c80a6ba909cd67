/** What a model of Rails answered before a change and answers no more. */
import {
  ancestry,
  classesIn,
  findTable,
  mayAnswerMore,
  membersOf,
  modelPairs,
  tableOf,
  type ModelPair,
} from '../../src/operations/model-questions.ts';
import type { ModelUse } from '../../src/operations/models.ts';
import type { ChangeContext } from '../../src/rule.ts';

/** The model that had the member before and has it no more, under its old name or its new one. */
export function findRemoval(use: ModelUse, context: ChangeContext): ModelPair | undefined {
  const { models, schemasBefore } = context;
  const before = classesIn(models.before);
  const now = classesIn(models.now);
  const pair = modelPairs(models).find((each) => each.now.name === use.model);
  if (!pair || mayAnswerMore(pair, models)) return undefined;
  if (!membersOf(pair.before, before).has(use.member) || membersOf(pair.now, now).has(use.member)) return undefined;
  const table = tableOf(pair.now, now, schemasBefore);
  const known = table === undefined ? undefined : findTable(schemasBefore, [table]);
  const { chain } = ancestry(pair.before, before);
  const isAssociation = chain.some(({ associations }) => associations.some(({ name }) => name === use.member));
  if (isAssociation) return known?.columns.has(use.member) ? undefined : pair;
  // A column or Rails itself answers all the same.
  return !known || known.columns.has(use.member) || answeredByRails.has(use.member) ? undefined : pair;
}

/** What models have without saying so, and often say anew. */
const answeredByRails = new Set(
  (
    'all as_json assign_attributes attributes clone count create create! decrement! delete delete_all destroy destroy! ' +
    'destroy_all dup each exists? find find_by find_by! find_each find_or_create_by first hash id in_batches increment! ' +
    'initialize insert_all inspect joins last limit method_missing name new order pluck readonly? reload save save! ' +
    'send serializable_hash to_json to_param to_s toggle! touch transaction update update! update_all update_attribute ' +
    'update_column update_columns upsert_all valid? where with_lock'
  ).split(' '),
);
