/** Returns `; did you mean '...'?` for the candidate that is most like a value, or an empty text if none is. */
export function didYouMean(value: string, candidates: readonly string[]): string {
  const found = closest(value, candidates);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}

/** Returns the candidate that is most like a value, without regard to case: a few typing errors away, or a longer form of the value. */
export function closest(value: string, candidates: readonly string[]): string | undefined {
  const given = value.toLowerCase();
  const ranked = candidates.map((candidate) => ({ candidate, distance: typingErrors(given, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best === undefined) return undefined;
  if (best.distance <= Math.max(1, Math.min(3, Math.floor(given.length / 4)))) return best.candidate;
  return given.length < 4 ? undefined : candidates.find((candidate) => candidate.toLowerCase().includes(given));
}

/** Returns the number of inserted, removed, replaced and swapped characters (optimal string alignment). */
function typingErrors(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
      rows[i].push(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced, swapped));
    }
  }
  return rows[a.length][b.length];
}
