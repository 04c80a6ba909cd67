/** Finds the word that someone meant. */

/** The known word with the fewest changed letters, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.slice(0, 60).toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(2, Math.ceil(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const count = distance(wanted, candidate.toLowerCase());
    if (count >= fewest) continue;
    best = candidate;
    fewest = count;
  }
  return best;
}

/** Letters to insert, drop or change to get from one word to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let at = 1; at <= from.length; at++) {
    const next = [at];
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (from[at - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
