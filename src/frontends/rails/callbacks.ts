/** Callbacks of models that a migration defines for itself: code of theirs that runs with a row. */
import { headOf, type Followed } from './follow-call.ts';
import { emitOpaque, type Run } from './run.ts';
import type { Model } from './value.ts';

/** True for what a class says to have code run with its rows: https://guides.rubyonrails.org/active_record_callbacks.html#available-callbacks */
export function isCallback(name: string): boolean {
  return /^(?:before|after|around)_(?:save|create|update|destroy|validation|commit|create_commit|update_commit|save_commit|destroy_commit|initialize|find|touch)$/.test(
    name,
  );
}

/** They are not followed, which is said once for each model. */
export function tellCallbacks(run: Run, model: Model | undefined, call: Followed): void {
  const [first] = model?.callbacks ?? [];
  if (!model || first === undefined || !runsCallbacks.has(call.name) || run.models.has(model.name)) return;
  run.models.add(model.name);
  emitOpaque(run, `\`${first}\` of \`${model.name}\` runs with each row, and is not followed`, headOf(call));
}

/** https://guides.rubyonrails.org/active_record_callbacks.html#running-callbacks */
const runsCallbacks: ReadonlySet<string> = new Set(
  (
    'save save! create create! update update! update_attributes update_attributes! update_attribute update_attribute! toggle! touch ' +
    'destroy destroy! destroy_all destroy_by find_or_create_by find_or_create_by! first_or_create first_or_create! create_or_find_by create_or_find_by!'
  ).split(' '),
);
