/** Picks by a sequence that looks random and is the same for the same seed. */
export type Picker = {
  /** A whole number from 0 up to below `limit`. */
  below: (limit: number) => number;
  one: <Choice>(choices: readonly Choice[]) => Choice;
};

/** A picker of its own for each seed. */
export function createPicker(seed: number): Picker {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return { below, one };

  /** Numerical Recipes' linear generator; its upper bits are the better ones. */
  function below(limit: number): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  }

  function one<Choice>(choices: readonly Choice[]): Choice {
    const [first, ...others] = choices;
    if (first === undefined) throw new Error('nothing to pick from');
    return [first, ...others][below(choices.length)] ?? first;
  }
}
