import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { publicId } from '~/lib/api/ids';
import { db } from '~/lib/db';
import { ask, someKey } from '~/lib/testing/api';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someWallet } from '~/lib/testing/factories';
import { requests } from '~/lib/testing/requests';
import { withLocalFintoc } from '~/lib/testing/sandbox';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();
withLocalFintoc();

/** `npm run hostile` sends thousands of the same kind over HTTP. */
const REQUESTS = 300;

/** Things that stand here, so that requests meet them; and one of each kind that nobody has. */
async function known() {
  const [one, other] = [await someWallet(), await someWallet()];
  await fundWallet(one, 100_000_000n);
  const nobody = (kind: Parameters<typeof publicId>[0]) => publicId(kind, randomUUID());
  const customers = [one, other].map(({ customerId }) => publicId('customer', customerId ?? ''));
  return {
    ids: {
      wal: [publicId('wallet', one.id), publicId('wallet', other.id), nobody('wallet')],
      cus: [...customers, nobody('customer')],
      wt: [publicId('terms', one.termsId), nobody('terms')],
      wd: [nobody('withdrawal')],
      adj: [nobody('adjustment')],
      evt: ['evt_0000000000001'],
    },
    names: {
      account_number_id: [one.accountNumberId ?? '', 'acno_nothing'],
      destination: [someClabe('012'), someClabe('646')],
      amount: ['1', '10000', '9007199254740991'],
      asset: ['MXN', 'USD'],
      tax_id: ['MUAD800101AB1', 'TEL1503021A9'],
      email: ['ana@correo.mx'],
      phone: ['5512345678'],
      url: ['https://example.com/hook'],
      event_types: ['*', 'wallet.*'],
      cursor: [],
    },
  };
}

it('no request breaks it, and none that it refuses touches the books', async () => {
  const [{ secret }, things] = [await someKey(), await known()];
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requests(things), async ({ isMeant, ...asked }) => {
      const before = await db().ledgerEntry.count();
      const { status, body } = await ask(secret, asked.id, asked);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(await db().ledgerEntry.count()).toBe(before);
      // What has the shape that is described may not fit; malformed it isn't.
      if (isMeant) expect([status, body?.detail]).not.toEqual([400, body?.detail]);
    }),
    { numRuns: REQUESTS },
  );
  for (const status of [200, 201, 400, 404, 422]) expect([...statuses.keys()]).toContain(status);
  await expectSoundBooks();
});
