import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '~/lib/db';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { withTestDatabase } from '~/lib/testing/database';
import { someClabe, someOperator } from '~/lib/testing/factories';
import { depositInto, type ReadyWallet, readyWallet, settleAll, withdraw } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { openDatabase } from './database.ts';
import { type Finding, FORGED, type Lapse, STRANGE_COMMENT } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { judge } from './judge.ts';

withTestDatabase();
const fintoc = withLocalFintoc();

let database: ReturnType<typeof openDatabase>;
let shared: ReadyWallet;
const lapses: Lapse[] = [];

beforeAll(async () => {
  database = openDatabase(process.env.DATABASE_URL ?? '');
  shared = await readyWallet();
  await depositInto(fintoc, shared, 500_000);
});
afterAll(() => database.close());

const verdict = () =>
  judge({
    fintoc: new Fintoc({ url: fintoc.url, key: 'sk_test_sandbox' }),
    query: database.query,
    ...{ asked: new Map(), lapses },
  });

/** What the judge finds after this that it did not find before. */
async function foundBy(plant: () => Promise<unknown>): Promise<Finding[]> {
  const before = (await verdict()).map(({ what }) => what);
  await plant();
  return (await verdict()).filter(({ what }) => !before.includes(what));
}

const found = (kind: Finding['verdict'], ...words: string[]) =>
  expect.objectContaining({
    verdict: kind,
    what: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''))),
  });

describe('of what strangers did the judge', () => {
  const leave = async (facts: object) => {
    const counterparty = { account_number: someClabe('012') };
    const payout = { account_id: shared.accountId, amount: 90, comment: STRANGE_COMMENT, counterparty };
    const { id } = await fintoc.control('POST', '/dashboard-payouts', { ...payout, ...facts });
    await settleAll(fintoc);
    await database.query('UPDATE proof_breaks SET transfer_id = NULL WHERE transfer_id = $1', [id]);
    return id;
  };

  it('names a payout that nobody asked for and that no break names, until it comes back', async () => {
    let id = '';
    const findings = await foundBy(async () => {
      id = await leave({});
    });
    const unseen = found('lost', `payout ${id} of 90 left, and no break names it`);
    expect(findings).toContainEqual(unseen);
    await fintoc.control('POST', `/transfers/${id}/return`);
    await settleAll(fintoc);
    expect(await verdict()).not.toContainEqual(unseen);
  });

  it('takes one under the mark of a withdrawal for no payment of ours', async () => {
    const { id: withdrawalId } = await withdraw(await someOperator(), shared);
    await settleAll(fintoc);
    let id = '';
    const findings = await foundBy(async () => {
      id = await leave({ metadata: { withdrawal_id: withdrawalId } });
    });
    expect(findings).toContainEqual(found('lost', `payout ${id}`, 'no break names it'));
    expect(findings).not.toContainEqual(found('doubled', `withdrawal ${withdrawalId}`));
  });

  it('names what only a signed event told of and is in the books, and not the event', async () => {
    const told = { type: 'transfer.inbound.succeeded', data: { tracking_key: `${FORGED}1` } };
    const findings = await foundBy(async () => {
      await database.query(
        `INSERT INTO webhook_events (id, type, object_id, mode, state, headers, body, occurred_at)
         VALUES ('evt_forged', $1, 'tr_forged', 'test', 'dead', '{}', $2, now())`,
        [told.type, JSON.stringify(told)],
      );
    });
    expect(findings).toEqual([]);
    expect(await foundBy(bookForged)).toContainEqual(
      found('doubled', 'transfer tr_forged, which an event told of', 'is in the books'),
    );
  });
});

/** As if the books had believed the event. */
function bookForged() {
  return transaction((tx) =>
    postTransaction(tx, {
      ...{ source: 'forged', kind: 'deposit', effectiveAt: new Date(), transferId: 'tr_forged' },
      lines: [debit(cash(shared.accountId, 'MXN'), 5n), credit(walletAccount(shared, 'available'), 5n)],
    }),
  );
}
