/** Things by what they share, in the order in which each group came first. `Map.groupBy` is absent on older phones. */
export function grouped<T>(things: readonly T[], by: (thing: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const thing of things) {
    const group = groups.get(by(thing));
    if (group) group.push(thing);
    else groups.set(by(thing), [thing]);
  }
  return groups;
}
