import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { audited } from '~/lib/testing/audited';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { type ReadyWallet, readyWallet } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { alignAccountNumbers, enableNumber, isDisabledElsewhere } from '~/lib/wallets/number-states';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

/** What somebody else disabled at Fintoc is not enabled behind their back. */

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;
const reason = 'Fintoc lo confirmó';

beforeAll(async () => {
  operator = await someOperator();
});
beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet();
});

const path = () => `/v2/account_numbers/${wallet.accountNumberId}`;
const atFintoc = async () => (await fintoc.api('GET', path())).status;
const here = () => db().accountNumber.findUniqueOrThrow({ where: { id: wallet.accountNumberId } });
const enable = (by = operator) => enableNumber(by, { accountNumberId: wallet.accountNumberId, reason });
const freeze = () => freezeWallet(operator, { walletId: wallet.id, reason: 'Revisión', deposits: 'refuse' });
const unfreeze = () => unfreezeWallet(operator, { walletId: wallet.id, reason: 'Revisado' });

/** As a person does in Fintoc's Dashboard; and what we hear of it. */
async function inDashboard(status: 'enabled' | 'disabled'): Promise<void> {
  await fintoc.api('PATCH', path(), { status });
  await fintoc.deliveriesDone();
  await drain();
  await syncFintoc(system('sync'));
}

async function settled(): Promise<string> {
  for (let turns = 0; turns < 3; turns += 1) await alignAccountNumbers();
  return atFintoc();
}

describe('a CLABE that somebody disabled at Fintoc', () => {
  it('stays so, and shows by whom, until a person enables it', async () => {
    await inDashboard('disabled');
    expect(await settled()).toBe('disabled');
    expect(isDisabledElsewhere(await here())).toBe(true);
    await expect(enable(await someOperator('viewer'))).rejects.toMatchObject({ code: 'forbidden' });
    await enable();
    await enable();
    expect(await settled()).toBe('enabled');
    expect(await here()).toMatchObject({ status: 'enabled', disabledHereAt: null });
    const said = { subjectId: wallet.accountNumberId, action: 'account_number.enable_asked' };
    expect(await audited(said)).toMatchObject([{ actorId: operator.id, reason }]);
  });

  it('stays so over a freeze of its wallet, which doesn’t make it ours', async () => {
    await inDashboard('disabled');
    await freeze();
    await settled();
    await expect(enable()).rejects.toMatchObject({ code: 'wallet_not_open' });
    await unfreeze();
    expect(await settled()).toBe('disabled');
    expect(isDisabledElsewhere(await here())).toBe(true);
  });

  it('after we had disabled and enabled it is theirs, not what we did before', async () => {
    await freeze();
    expect(await settled()).toBe('disabled');
    expect(isDisabledElsewhere(await here())).toBe(false);
    await unfreeze();
    expect(await settled()).toBe('enabled');
    await inDashboard('disabled');
    expect(await settled()).toBe('disabled');
    // Enabled there, it is as it was.
    await inDashboard('enabled');
    await inDashboard('disabled');
    expect(await settled()).toBe('disabled');
  });

  it('by us is ours, also where the word of it was here before the answer', async () => {
    await freeze();
    const slow = { kind: 'slow', when: 'after_commit', delay_ms: 1_500, method: 'PATCH', path: path() };
    await fintoc.control('POST', '/faults', slow);
    const aligning = alignAccountNumbers();
    await expect.poll(atFintoc).toBe('disabled');
    await syncFintoc(system('sync'));
    await aligning;
    await unfreeze();
    expect(await settled()).toBe('enabled');
  });
});
