import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAction } from '~/lib/action';

describe('an action that anybody may call', () => {
  const never = openAction(
    z.object({}),
    async () => {
      throw new Error('Nothing that is no form reaches a verb.');
    },
    () => '/login',
  );

  it('takes nothing for a form that is none', async () => {
    for (const sent of [undefined, null, 'text', 1n, {}, [], new Map(), new URLSearchParams('a=b')])
      expect(await never({ status: 'idle' }, sent as FormData)).toEqual({
        status: 'invalid',
        fieldErrors: {},
      });
  });
});
