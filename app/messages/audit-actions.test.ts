import { describe, expect, it } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { EVENT_TYPES } from '~/lib/outbox/catalogue';
import { SUBJECTS } from '~/lib/outbox/subjects';

describe.each(LOCALES)('what can happen, in %s', async (locale) => {
  const { actions, subjects } = (await loadMessages(locale)).audit;

  it('has a label for each act and event, and none for what can’t', () => {
    const named = Object.entries(actions).flatMap(([noun, acts]) =>
      Object.entries(acts).map(([act, label]) => [`${noun}.${act}`, label] as const),
    );
    expect(named.map(([type]) => type).sort()).toEqual([...EVENT_TYPES].sort());
    expect(named.filter(([, label]) => label === '')).toEqual([]);
  });

  it('has a name for each thing that it can happen to, and no other', () => {
    expect(Object.keys(subjects).sort()).toEqual([...SUBJECTS].sort());
  });
});
