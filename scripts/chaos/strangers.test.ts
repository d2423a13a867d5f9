import { expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { depositInto, readyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { eventually } from '~/sandbox/testing/harness';
import { openDatabase } from './database.ts';
import { Dice } from './dice.ts';
import { isStrange } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { judgeMistaken, Mistaken } from './mistaken.ts';
import { Planted } from './planted.ts';
import { Strangers } from './strangers.ts';

withTestDatabase();
const fintoc = withLocalFintoc();
/** A puzzle takes a payout that is on its way, and what was planted a worker that finds it. */
const LATER = ['planted', 'puzzle'];

it('strangers do each thing that they are for, and all of it is told from ours', async () => {
  const [wallet, operator] = [await readyWallet(), await someOperator()];
  await depositInto(fintoc, wallet, 500_000);
  const { id } = await withdraw(operator, wallet, {});
  await settleAll(fintoc);
  const { transferId } = await db().withdrawal.findUniqueOrThrow({ where: { id } });
  const purse = {
    ...{ id: wallet.id, pattern: 'A', accountId: wallet.accountId, numberId: wallet.accountNumberId },
    ...{ number: '', takesFees: false },
  };
  const own = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, own, 100_000);
  const other = {
    ...purse,
    id: own.id,
    pattern: 'B',
    accountId: own.accountId,
    numberId: own.accountNumberId,
  };
  const local = new Fintoc({ url: fintoc.url, key: 'sk_test_sandbox' });
  const crew = { operator, operators: [operator], approver: operator, witness: operator };
  const planted = new Planted({ fintoc: local, crew, purses: [purse] });
  const mistaken = new Mistaken({ fintoc: local, settledMs: 0 });
  const strangers = new Strangers({
    fintoc: local,
    ...{ purses: [purse, other], dice: new Dice(3), pauseMs: [1, 2], retractedMs: [10, 20], pendingMs: 1 },
    ...{ planted, mistaken },
  });
  const evening = new AbortController();
  const working = strangers.work(evening.signal);
  await eventually(() => strangers.missing().every((act) => LATER.includes(act)));
  evening.abort();
  await working;
  expect(strangers.made.planted).toBeGreaterThan(0);
  expect(strangers.missing()).toEqual(LATER);
  const payouts = await fintoc.api('GET', '/v2/transfers?direction=outbound&limit=300');
  expect(payouts.filter((each: object) => !isStrange(each)).map((each: { id: string }) => each.id)).toEqual([
    transferId,
  ]);
  await fintoc.deliveriesDone();
  await drain();
  await syncFintoc(system('setup'));
  const { query, close } = openDatabase(process.env.DATABASE_URL ?? '');
  const evidence = { fintoc: local, query, lapses: [] };
  expect(await judgeMistaken(mistaken, evidence)).toEqual([]);
  const unheard = {
    contradicted: new Map([['evt_unheard', new Date()]]),
    reissued: new Map([['acno_old', 'acno_unheard']]),
  };
  expect(await judgeMistaken(unheard, evidence)).toEqual([
    expect.objectContaining({ verdict: 'lost' }),
    expect.objectContaining({ verdict: 'off' }),
  ]);
  const [[event, asked] = ['', new Date()]] = mistaken.contradicted;
  await tamper('DELETE FROM inbox_conflicts WHERE event_id = $1', [event]);
  expect(await judgeMistaken(mistaken, evidence)).toEqual([expect.objectContaining({ verdict: 'lost' })]);
  // Books that were taken back to a moment before its delivery, though after it was asked for, have forgotten it.
  const forgotten = { from: new Date(asked.getTime() + 1), to: new Date() };
  expect(await judgeMistaken(mistaken, { ...evidence, lapses: [forgotten] })).toEqual([]);
  await close();
});
