import type { z } from 'zod';
import { type Aside, Unreadable } from '~/lib/rails/failures';

/** An object of Fintoc's that is not of the shape that we know, word for word. */
export class UnreadableHere extends Unreadable {
  readonly raw: unknown;
  readonly id: string | null;

  constructor(raw: unknown, { message }: z.ZodError) {
    super(message);
    this.name = 'Unreadable';
    this.raw = raw;
    const { id } = fieldsOf(raw);
    this.id = typeof id === 'string' && id !== '' && id.length <= 255 ? id : null;
  }

  get at(): Date | null {
    const { transaction_date: told } = fieldsOf(this.raw);
    const at = typeof told === 'string' ? new Date(told) : null;
    return at && !Number.isNaN(at.getTime()) ? at : null;
  }

  /** By its metadata: only such as can be read and says otherwise rules it out. */
  mayBeOf(withdrawalId: string): boolean {
    const { metadata } = fieldsOf(this.raw);
    if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return true;
    const { withdrawal_id: found } = fieldsOf(metadata);
    return found === withdrawalId || (found !== undefined && typeof found !== 'string');
  }
}

/** What can be looked at nevertheless. */
export function fieldsOf(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}

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
