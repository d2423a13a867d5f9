import { expect, test } from 'vitest';
import { runFailureOf, WORKER_STOPPED } from '~/lib/inbox/run-failure';

test('why reading from Fintoc broke off is a key; what nobody foresaw is a detail to quote', () => {
  expect(runFailureOf(WORKER_STOPPED)).toEqual({ key: 'worker_stopped', status: '', detail: null });
  expect(runFailureOf('No answer from Fintoc (ETIMEDOUT).')).toMatchObject({ key: 'timeout', detail: null });
  expect(runFailureOf('No answer from Fintoc (ECONNREFUSED).')).toMatchObject({
    key: 'unreachable',
    detail: 'ECONNREFUSED',
  });
  expect(runFailureOf('Fintoc answered 503.')).toEqual({ key: 'answered', status: '503', detail: null });
  expect(runFailureOf('Invalid API key')).toMatchObject({ key: 'unknown', detail: 'Invalid API key' });
});
