/** What one statement does, before its reader says where it stands. */
import type { Located, Operation } from '../../operations/operation.ts';

/** An operation without its place and number; a reader of one statement returns these. */
export type Effect = WithoutPlace<Operation>;

/** Spread over the union, so that each operation keeps its own fields. */
type WithoutPlace<Each> = Each extends Located ? Omit<Each, 'span' | 'statement'> : never;
