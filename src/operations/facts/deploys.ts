/** How many deploys a change takes that running releases notice: advice names the number, and the roll-out plan has as many. */

/** Each deploy waits until the one before runs everywhere. */
export const deploysOf = {
  /** A release without it, then the migration. */
  dropped: 2,
  /** The column with a release that fills it, then what is required of it. */
  filledThenRequired: 2,
  /** Both are written; the new one is read; the old one is forgotten; it goes. */
  replacedColumn: 4,
  /** The columns beside the old ones; what holds them; the swap; the old ones go. */
  largerKey: 4,
  /** Both names are read; the new one is written; the old one goes. */
  renamedStoredName: 3,
} as const;

/** "Two deploys", to begin a sentence with. */
export function inDeploys(kind: keyof typeof deploysOf): string {
  return `${words[deploysOf[kind]]} deploys`;
}

const words = { 2: 'Two', 3: 'Three', 4: 'Four' } as const;
