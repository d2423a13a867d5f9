import { expect, it } from 'vitest';
import { POST } from './route';

it('JSON that can’t be read, or is nothing that holds fields, is refused before next-auth fails at it', async () => {
  for (const body of ['{', '[1,2', '--x', '\0', 'null', '"x"', '1e5', '']) {
    const request = new Request('http://127.0.0.1:3000/api/auth/signin', {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json; charset=utf-8' } },
    });
    const { status } = await POST(request, { params: Promise.resolve({ nextauth: ['signin'] }) });
    expect([body, status]).toEqual([body, 400]);
  }
});
