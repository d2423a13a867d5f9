import { expect, it } from 'vitest';
import { db, isMalformedId } from '~/lib/db';
import { getEntityPage } from '~/lib/entities/read';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY } from '~/lib/testing/reader';
import { getWallet } from '~/lib/wallets/wallets';
import { getWithdrawal } from '~/lib/withdrawals/read';

withTestDatabase();

it.each(['', 'x', '\0', 'a\0b', '\ud800', '9'.repeat(300), "'"])(
  '%j is under no id, and never a failure',
  async (id) => {
    const reads = [
      () => getWallet(ANYBODY, id),
      () => getEntityPage(ANYBODY, id),
      () => getWithdrawal(ANYBODY, id),
      () => db().$queryRaw`SELECT 1 AS found FROM wallets WHERE id = ${id}::uuid`,
      () => db().$queryRaw`SELECT 1 AS found FROM transfers WHERE id = ${id}`,
    ];
    for (const read of reads) {
      const outcome: unknown = await read().catch((error: unknown) => error);
      const nothing = outcome === null || (Array.isArray(outcome) && outcome.length === 0);
      const isNotFound = (outcome as { code?: string } | null)?.code === 'not_found';
      expect(nothing || isNotFound || isMalformedId(outcome)).toBe(true);
    }
  },
);
