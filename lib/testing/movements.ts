import type { Movement } from '~/lib/movements/movements';
import { textOf } from '~/lib/people/masking';

/** Whether a movement says words, told in the plainest way. */
export function hasWords(movement: Movement, text: string): boolean {
  const plain = (words: string) =>
    words
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean);
  const asked = plain(text);
  const sources = [
    [
      movement.counterpartyName,
      movement.counterpartyNumber && textOf(movement.counterpartyNumber),
      movement.trackingKey,
      movement.referenceId,
      movement.comment,
    ],
    [movement.customerName],
  ];
  return sources.some((source) => {
    const words = source.flatMap((part) => plain(part ?? ''));
    return asked.every((word) =>
      words.some((one) => (/^[a-z]{3,}$/.test(word) ? one.startsWith(word) : one === word)),
    );
  });
}
