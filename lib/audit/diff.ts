/** What changed between the two sides of an audit row. Pure. */
export type Change = { field: string; before: Value; after: Value };
export type Value = string | number | boolean | null;

export type Difference = { changes: Change[]; unchanged: number };

/** Never news: they change with every write, or name the row itself. */
const NOISE: ReadonlySet<string> = new Set(['updatedAt', 'requestId', 'raw']);

/**
 * The fields in which `after` differs from `before`, in their own order. With one side only, every field that has a
 * value. Nested values are named by their path.
 */
export function differenceOf(before: unknown, after: unknown): Difference {
  const [old, fresh] = [flatten(before), flatten(after)];
  const changes: Change[] = [];
  let unchanged = 0;
  for (const field of new Set([...old.keys(), ...fresh.keys()])) {
    // A side that doesn't speak of a field says nothing about it, unless there is only one side.
    const [was, is] = [old.get(field) ?? null, fresh.get(field) ?? null];
    if (was === is) unchanged += was === null ? 0 : 1;
    else if (fresh.size > 0 && old.size > 0 && !fresh.has(field)) unchanged += 1;
    else changes.push({ field, before: was, after: is });
  }
  return { changes, unchanged };
}

function flatten(value: unknown, path = '', into = new Map<string, Value>()): Map<string, Value> {
  if (value === null || typeof value !== 'object') {
    if (path !== '') into.set(path, isValue(value) ? value : null);
    return into;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!NOISE.has(key)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
  }
  return into;
}

function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
