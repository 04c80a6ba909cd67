/** What a path alone tells is found once: a review asks of every file of the history, several times, and the next one asks the same. */
const most = 20_000;

/** The same function with its answers kept, until there are too many of them. */
export function remembered<Value>(find: (path: string) => Value): (path: string) => Value {
  const answers = new Map<string, { value: Value }>();
  return (path) => {
    const known = answers.get(path);
    if (known) return known.value;
    if (answers.size >= most) answers.clear();
    const value = find(path);
    answers.set(path, { value });
    return value;
  };
}
