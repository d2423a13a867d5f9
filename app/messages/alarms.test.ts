import { expect, test } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { CONDITIONS, UNASKED } from '~/lib/alarms/conditions';
import { MESSAGE_EVENTS } from '~/lib/alarms/messages';
import { CHANNELS } from '~/lib/alarms/settings';

test.each(LOCALES)('what somebody is called for, and how, has its words in %s', async (locale) => {
  const { kinds, messages, subjects } = (await loadMessages(locale)).alarms;
  expect(Object.keys(kinds).sort()).toEqual([...CONDITIONS.map(({ kind }) => kind), UNASKED].sort());
  // What a rule or a condition is called has its words elsewhere.
  expect([...Object.keys(subjects), 'ledger_red', UNASKED].sort()).toEqual(Object.keys(kinds).sort());
  expect(Object.keys(messages.events)).toEqual([...MESSAGE_EVENTS]);
  expect(Object.keys(messages.channels)).toEqual([...CHANNELS]);
});
