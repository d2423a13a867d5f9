import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { noteHead, readHeads } from '~/lib/proof/chain';
import { lastSeal, verify, withChain } from '~/lib/testing/chains';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';

const HOUR_MS = 3_600_000;

withTestDatabase();
const { sealedDoings } = withChain();

describe('the head outside the database', () => {
  const rule = 'the chain has every head that was noted outside the database';

  it('is noted once an hour, where something was sealed since', async () => {
    await sealedDoings();
    const now = Date.now();
    const head = await noteHead(new Date(now));
    const last = await lastSeal();
    expect(head).toMatchObject({ number: last.number, hash: Buffer.from(last.hash).toString('hex') });
    await sealedDoings();
    expect(await noteHead(new Date(now + HOUR_MS - 1))).toBeNull();
    expect(await noteHead(new Date(now + HOUR_MS))).not.toBeNull();
    expect(await noteHead(new Date(now + 3 * HOUR_MS))).toBeNull();
    expect(readHeads(env().CHAIN_HEAD_FILE)).toHaveLength(2);
    expect(fs.statSync(env().CHAIN_HEAD_FILE).mode & 0o777).toBe(0o600);
    expect(await verify()).toEqual([]);
  });

  it('tells that the last rows and their seals were cut off, and what is suspect since', async () => {
    await sealedDoings();
    await noteHead(new Date(Date.now() - 2 * HOUR_MS));
    const sound = await lastSeal();
    await sealedDoings();
    await noteHead();
    const noted = await lastSeal();
    const cut = await db().chainSeal.findFirstOrThrow({
      where: { kind: 'audit_entries', number: { gt: sound.number } },
      orderBy: { number: 'asc' },
    });
    await tamper(`DELETE FROM audit_entries WHERE id > ${cut.after}`);
    await tamper(`DELETE FROM chain_seals WHERE number > ${sound.number}`);
    const [fault, ...others] = await verify();
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ rule, actual: `cut: the last seal is ${sound.number}` });
    expect(fault?.subject).toMatch(
      new RegExp(`^seal ${noted.number}, noted .*sound up to seal ${sound.number}`),
    );
    expect(await noteHead(new Date(Date.now() + HOUR_MS)), 'nor is the file made to fit').toBeNull();

    // Sealed anew, as if nothing had been: the numbers are there again, and are others.
    await tamper(
      `UPDATE chain_states s SET seen = 0, seen_at = now(), through = coalesce((SELECT max(through) FROM chain_seals c WHERE c.kind = s.kind), 0)`,
    );
    while ((await lastSeal()).number < noted.number) await sealedDoings();
    expect(await verify()).toMatchObject([{ rule, actual: expect.stringMatching(/^rewritten/) }]);
  });
});
