import type { EventNote, TransferWord } from '~/lib/rails/rail-says';

/** Fintoc's statuses (reference/transfers-object, per country) in our words. */
const WORDS: ReadonlyMap<string, TransferWord> = new Map([
  ['pending', 'pending'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['rejected', 'rejected'],
  // It didn't get in, and neither back: its sender is who has to look.
  ['reject_failed', 'rejected'],
  ['return_pending', 'return_pending'],
  ['returned', 'returned'],
  ['reversed', 'reversed'],
  ['partially_succeeded', 'partial'],
]);

export function wordOf(status: string): TransferWord {
  return WORDS.get(status) ?? 'unknown';
}

/** Whether a status is of a return or a reversal, also one that nobody here knows. */
export function goesBack(status: string): boolean {
  return /return|revers/.test(status);
}

/**
 * What an event's type adds to the status of the transfer in it. Event names differ between Fintoc's documents
 * (`outbound.rejected` or `outbound.returned`), so the status decides, and the type is heard for what no status tells.
 */
export function noteOf(type: string): EventNote {
  switch (type.split('.').at(-1)) {
    case 'return_failed':
      return 'return_failed';
    case 'reversed':
      return 'reversed';
    case 'partially_succeeded':
      return 'partial';
    default:
      return 'none';
  }
}

/** Older pages of Fintoc's documentation swap the first two words: inbound.transfer.returned. */
export function modernType(type: string): string {
  return type.replace(/^(inbound|outbound)\.transfer\./, 'transfer.$1.');
}
