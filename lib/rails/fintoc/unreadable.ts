import type { z } from 'zod';

/** An object of Fintoc's that is not of the shape that we know, word for word. */
export class Unreadable extends Error {
  readonly raw: unknown;
  readonly id: string | null;

  constructor(raw: unknown, { message }: z.ZodError) {
    super(message);
    this.name = 'Unreadable';
    this.raw = raw;
    const { id } = fieldsOf(raw);
    this.id = typeof id === 'string' && id !== '' && id.length <= 255 ? id : null;
  }

  /** Whether its metadata may hold this mark: only metadata that can be read and says otherwise rules that out. */
  mayBear(name: string, mark: string): boolean {
    const { metadata } = fieldsOf(this.raw);
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return true;
    const found = fieldsOf(metadata)[name];
    return found === mark || (found !== undefined && typeof found !== 'string');
  }
}

/** What can be looked at nevertheless. */
export function fieldsOf(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}

/** Gets each object of a list that can't be read. Without one the list ends with an error: it may be what was sought. */
export type Aside = (item: Unreadable) => unknown;

/** Reads one by one, so that an object that can't be read keeps no other from being. */
export async function* readEach<Item>(
  given: AsyncIterable<unknown>,
  to: (raw: unknown) => Item,
  aside?: Aside,
): AsyncGenerator<Item> {
  let unread: Unreadable | undefined;
  for await (const raw of given) {
    const item = readOne(raw, to);
    if (!(item instanceof Unreadable)) yield item;
    else if (aside) await aside(item);
    else unread ??= item;
  }
  if (unread) throw unread;
}

export function readOne<Item>(raw: unknown, to: (raw: unknown) => Item): Item | Unreadable {
  try {
    return to(raw);
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
}
