/** One line of the table. */
export type Figure = { measure: string; value: string; target: string; isHeld: boolean };

/** Takes one measure; `folder` is there to write to, and gone afterwards. */
export type Measure = (folder: string) => Promise<Figure[]>;

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number below which the given part of them lies. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}
