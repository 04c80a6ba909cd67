/** The rules, in the order in which pages and lists show them. */
import type { Rule } from '../src/rule.ts';
import { addedPrimaryKey } from './added-primary-key.ts';
import { addedUniqueConstraint } from './added-unique-constraint.ts';
import { alwaysGenerated } from './always-generated.ts';
import { applicationCodeInMigration } from './application-code-in-migration.ts';
import { attachedPartition } from './attached-partition.ts';
import { autovacuumLeftOff } from './autovacuum-left-off.ts';
import { backfillRacedByWriters } from './backfill-raced-by-writers.ts';
import { backfillStopsAtBadRow } from './backfill-stops-at-bad-row.ts';
import { batchesInOneTransaction } from './batches-in-one-transaction.ts';
import { blockingIndexBuild } from './blocking-index-build.ts';
import { blockingIndexDrop } from './blocking-index-drop.ts';
import { blockingOnlineClause } from './blocking-online-clause.ts';
import { blockingPartitionDetach } from './blocking-partition-detach.ts';
import { cascadedForeignKey } from './cascaded-foreign-key.ts';
import { changedDeleteAction } from './changed-delete-action.ts';
import { changedEnumValues } from './changed-enum-values.ts';
import { changedSerialization } from './changed-serialization.ts';
import { closedRows } from './closed-rows.ts';
import { codeBesideMigration } from './code-beside-migration.ts';
import { collidingPullRequest } from './colliding-pull-request.ts';
import { columnTypeChange } from './column-type-change.ts';
import { concurrentIndexInTransaction } from './concurrent-index-in-transaction.ts';
import { concurrentIndexOnPartitions } from './concurrent-index-on-partitions.ts';
import { copiedWhileWritten } from './copied-while-written.ts';
import { cutIndexBuild } from './cut-index-build.ts';
import { databaseReset } from './database-reset.ts';
import { databaseWideSetting } from './database-wide-setting.ts';
import { domainConstraint } from './domain-constraint.ts';
import { dropColumn } from './drop-column.ts';
import { dropObject } from './drop-object.ts';
import { dropPartition } from './drop-partition.ts';
import { dropSchema } from './drop-schema.ts';
import { dropTable } from './drop-table.ts';
import { droppedAuditTrail } from './dropped-audit-trail.ts';
import { droppedColumnStillNamed } from './dropped-column-still-named.ts';
import { droppedDefault } from './dropped-default.ts';
import { droppedDriftCheck } from './dropped-drift-check.ts';
import { droppedForeignKey } from './dropped-foreign-key.ts';
import { droppedTrigger } from './dropped-trigger.ts';
import { droppedUniqueness } from './dropped-uniqueness.ts';
import { duplicateVersion } from './duplicate-version.ts';
import { editedMigration } from './edited-migration.ts';
import { emptyMigration } from './empty-migration.ts';
import { endlessDatabaseWait } from './endless-database-wait.ts';
import { foreignKeyOnPartitions } from './foreign-key-on-partitions.ts';
import { foreignKeyToNoKey } from './foreign-key-to-no-key.ts';
import { foreignKeyType } from './foreign-key-type.ts';
import { foreignKeyWithoutIndex } from './foreign-key-without-index.ts';
import { forgottenColumnAttribute } from './forgotten-column-attribute.ts';
import { ignoredConstraint } from './ignored-constraint.ts';
import { ignoredHookFailure } from './ignored-hook-failure.ts';
import { impossibleKey } from './impossible-key.ts';
import { incompleteDeploymentHook } from './incomplete-deployment-hook.ts';
import { incompleteDown } from './incomplete-down.ts';
import { indexDroppedFirst } from './index-dropped-first.ts';
import { indexNameTaken } from './index-name-taken.ts';
import { invalidConcurrentDrop } from './invalid-concurrent-drop.ts';
import { invalidOnlineClause } from './invalid-online-clause.ts';
import { irreversibleDown } from './irreversible-down.ts';
import { jobFromMigration } from './job-from-migration.ts';
import { journalOutOfStep } from './journal-out-of-step.ts';
import { jsonColumn } from './json-column.ts';
import { keyTooLong } from './key-too-long.ts';
import { keyWithoutPartitionKey } from './key-without-partition-key.ts';
import { lockTable } from './lock-table.ts';
import { lockingCopy } from './locking-copy.ts';
import { lostInRebuild } from './lost-in-rebuild.ts';
import { migrationAtStart } from './migration-at-start.ts';
import { migrationBeforeDatabase } from './migration-before-database.ts';
import { migrationBehindProbe } from './migration-behind-probe.ts';
import { migrationInImageBuild } from './migration-in-image-build.ts';
import { migrationInPostStart } from './migration-in-post-start.ts';
import { missingLockTimeout } from './missing-lock-timeout.ts';
import { missingParent } from './missing-parent.ts';
import { mixedHeads } from './mixed-heads.ts';
import { mixedSchemaAndData } from './mixed-schema-and-data.ts';
import { modelWithoutMigration } from './model-without-migration.ts';
import { nameAlreadyTaken } from './name-already-taken.ts';
import { nameNotThere } from './name-not-there.ts';
import { narrowedRows } from './narrowed-rows.ts';
import { neededByConstraint } from './needed-by-constraint.ts';
import { neededByView } from './needed-by-view.ts';
import { networkCallInMigration } from './network-call-in-migration.ts';
import { newColumnInItsBatch } from './new-column-in-its-batch.ts';
import { newEnumValueUsed } from './new-enum-value-used.ts';
import { outOfOrderMigration } from './out-of-order-migration.ts';
import { passwordInAddress } from './password-in-address.ts';
import { pendingTriggerEvents } from './pending-trigger-events.ts';
import { publishedWithoutKey } from './published-without-key.ts';
import { rebuildEmptiesChildren } from './rebuild-empties-children.ts';
import { rebuildTable } from './rebuild-table.ts';
import { refreshedView } from './refreshed-view.ts';
import { refusedByTableKind } from './refused-by-table-kind.ts';
import { refusedCast } from './refused-cast.ts';
import { refusedDefault } from './refused-default.ts';
import { refusedIdentity } from './refused-identity.ts';
import { refusedInTransaction } from './refused-in-transaction.ts';
import { refusedPartition } from './refused-partition.ts';
import { removedAssociationUsed } from './removed-association-used.ts';
import { renameColumn } from './rename-column.ts';
import { renameObject } from './rename-object.ts';
import { renameTable } from './rename-table.ts';
import { renamedClassStoredByName } from './renamed-class-stored-by-name.ts';
import { replacedFunction } from './replaced-function.ts';
import { replacedParentRows } from './replaced-parent-rows.ts';
import { replacedView } from './replaced-view.ts';
import { requiredColumnWithoutDefault } from './required-column-without-default.ts';
import { resetSwitch } from './reset-switch.ts';
import { restartedSequence } from './restarted-sequence.ts';
import { revokedPrivilege } from './revoked-privilege.ts';
import { rowByRowBackfill } from './row-by-row-backfill.ts';
import { schemaFileAlone } from './schema-file-alone.ts';
import { schemaPastMigrations } from './schema-past-migrations.ts';
import { secondConnection } from './second-connection.ts';
import { sessionLeftChanged } from './session-left-changed.ts';
import { setNotNull } from './set-not-null.ts';
import { severalHeads } from './several-heads.ts';
import { severalSchemaStatements } from './several-schema-statements.ts';
import { severalTablesLocked } from './several-tables-locked.ts';
import { staleAllowance } from './stale-allowance.ts';
import { staleSchemaFile } from './stale-schema-file.ts';
import { swallowedMigrationError } from './swallowed-migration-error.ts';
import { swallowedWrites } from './swallowed-writes.ts';
import { transactionByHand } from './transaction-by-hand.ts';
import { triggersLeftOff } from './triggers-left-off.ts';
import { truncateTable } from './truncate-table.ts';
import { typeChangeUnderIndex } from './type-change-under-index.ts';
import { typeColumnWithoutValues } from './type-column-without-values.ts';
import { typeNotThere } from './type-not-there.ts';
import { uncheckedMigrationCopy } from './unchecked-migration-copy.ts';
import { uncheckedRows } from './unchecked-rows.ts';
import { uncommittedSchemaChange } from './uncommitted-schema-change.ts';
import { unfilteredWrite } from './unfiltered-write.ts';
import { uniqueColumnWithDefault } from './unique-column-with-default.ts';
import { unknownIndexOption } from './unknown-index-option.ts';
import { unreplicatedChange } from './unreplicated-change.ts';
import { untestedDataMigration } from './untested-data-migration.ts';
import { validatingCheck } from './validating-check.ts';
import { validatingForeignKey } from './validating-foreign-key.ts';
import { validationInSameTransaction } from './validation-in-same-transaction.ts';
import { volatileDefault } from './volatile-default.ts';
import { wholeRowSavedBack } from './whole-row-saved-back.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  addedPrimaryKey,
  addedUniqueConstraint,
  alwaysGenerated,
  applicationCodeInMigration,
  attachedPartition,
  autovacuumLeftOff,
  backfillRacedByWriters,
  backfillStopsAtBadRow,
  batchesInOneTransaction,
  blockingIndexBuild,
  blockingIndexDrop,
  blockingOnlineClause,
  blockingPartitionDetach,
  cascadedForeignKey,
  changedDeleteAction,
  changedEnumValues,
  changedSerialization,
  closedRows,
  codeBesideMigration,
  collidingPullRequest,
  columnTypeChange,
  concurrentIndexInTransaction,
  concurrentIndexOnPartitions,
  copiedWhileWritten,
  cutIndexBuild,
  databaseReset,
  databaseWideSetting,
  domainConstraint,
  dropColumn,
  dropObject,
  dropPartition,
  dropSchema,
  dropTable,
  droppedAuditTrail,
  droppedColumnStillNamed,
  droppedDefault,
  droppedDriftCheck,
  droppedForeignKey,
  droppedTrigger,
  droppedUniqueness,
  duplicateVersion,
  editedMigration,
  emptyMigration,
  endlessDatabaseWait,
  foreignKeyOnPartitions,
  foreignKeyToNoKey,
  foreignKeyType,
  foreignKeyWithoutIndex,
  forgottenColumnAttribute,
  ignoredConstraint,
  ignoredHookFailure,
  impossibleKey,
  incompleteDeploymentHook,
  incompleteDown,
  indexDroppedFirst,
  indexNameTaken,
  invalidConcurrentDrop,
  invalidOnlineClause,
  irreversibleDown,
  jobFromMigration,
  journalOutOfStep,
  jsonColumn,
  keyTooLong,
  keyWithoutPartitionKey,
  lockTable,
  lockingCopy,
  lostInRebuild,
  migrationAtStart,
  migrationBeforeDatabase,
  migrationBehindProbe,
  migrationInImageBuild,
  migrationInPostStart,
  missingLockTimeout,
  missingParent,
  mixedHeads,
  mixedSchemaAndData,
  modelWithoutMigration,
  nameAlreadyTaken,
  nameNotThere,
  narrowedRows,
  neededByConstraint,
  neededByView,
  networkCallInMigration,
  newColumnInItsBatch,
  newEnumValueUsed,
  outOfOrderMigration,
  passwordInAddress,
  pendingTriggerEvents,
  publishedWithoutKey,
  rebuildEmptiesChildren,
  rebuildTable,
  refreshedView,
  refusedByTableKind,
  refusedCast,
  refusedDefault,
  refusedIdentity,
  refusedInTransaction,
  refusedPartition,
  removedAssociationUsed,
  renameColumn,
  renameObject,
  renameTable,
  renamedClassStoredByName,
  replacedFunction,
  replacedParentRows,
  replacedView,
  requiredColumnWithoutDefault,
  resetSwitch,
  restartedSequence,
  revokedPrivilege,
  rowByRowBackfill,
  schemaFileAlone,
  schemaPastMigrations,
  secondConnection,
  sessionLeftChanged,
  setNotNull,
  severalHeads,
  severalSchemaStatements,
  severalTablesLocked,
  staleAllowance,
  staleSchemaFile,
  swallowedMigrationError,
  swallowedWrites,
  transactionByHand,
  triggersLeftOff,
  truncateTable,
  typeChangeUnderIndex,
  typeColumnWithoutValues,
  typeNotThere,
  uncheckedMigrationCopy,
  uncheckedRows,
  uncommittedSchemaChange,
  unfilteredWrite,
  uniqueColumnWithDefault,
  unknownIndexOption,
  unreplicatedChange,
  untestedDataMigration,
  validatingCheck,
  validatingForeignKey,
  validationInSameTransaction,
  volatileDefault,
  wholeRowSavedBack,
];
