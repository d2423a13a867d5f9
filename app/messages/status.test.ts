import { expect, test } from 'vitest';
import { loadMessages } from '~/app/messages/load';
import { STATUS_LOOKS } from '~/components/words/status-looks';

test('every state that has a look has a word, and the other way round', async () => {
  const { status } = await loadMessages('es-MX');
  expect(shape(status)).toEqual(shape(STATUS_LOOKS));
});

test('states of one kind differ in icon and word, not only in colour', async () => {
  const { status } = await loadMessages('es-MX');
  for (const [kind, looks] of Object.entries(STATUS_LOOKS)) {
    const icons = Object.values(looks).map(({ icon }) => icon);
    expect(new Set(icons).size, kind).toBe(icons.length);
    const words = Object.values(status[kind as keyof typeof status]);
    expect(new Set(words).size, kind).toBe(words.length);
  }
});

function shape(kinds: Record<string, object>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, states]) => [kind, Object.keys(states).sort()]),
  );
}
