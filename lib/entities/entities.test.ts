import { describe, expect, it } from 'vitest';
import type { Actor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { saveEntity, saveOnboarding, uploadOnboardingDocument } from '~/lib/entities/entities';
import { listEntities } from '~/lib/entities/list';
import { toAccount, toAccountNumber } from '~/lib/rails/fintoc/translate';
import { toEntity, toOnboarding } from '~/lib/rails/fintoc/translate-entities';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY } from '~/lib/testing/reader';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { getAccountNumberPage, listAccountNumbers } from '~/lib/wallets/account-numbers-read';

withTestDatabase();

const operator: Actor = { kind: 'operator', id: crypto.randomUUID(), name: 'Óscar', role: 'operator' };

async function entity(id: string, holderName: string, more: object = {}): Promise<string> {
  const raw = {
    id,
    holder_name: holderName,
    holder_id: `RFC${id.toUpperCase()}`,
    country_code: 'mx',
    is_root: false,
    status: 'draft',
    mode: 'test',
    ...more,
  };
  await transaction((tx) => saveEntity(tx, toEntity(raw)));
  return id;
}

async function onboarding(id: string, entityId: string, status: string): Promise<void> {
  const documents = [{ slot_key: 'proof_of_address', status: 'pending' }];
  await transaction((tx) => saveOnboarding(tx, toOnboarding({ id, entity_id: entityId, status, documents })));
}

const names = async (filter: Parameters<typeof listEntities>[1]) =>
  (await listEntities(ANYBODY, filter)).items.map(({ holderName }) => holderName).sort();

describe('entities', () => {
  it('are found by the state of the onboarding that counts, not by one that is over', async () => {
    await entity('ent_none', 'Sin KYB');
    await onboarding('onbprc_1', await entity('ent_again', 'Segundo intento'), 'rejected');
    await onboarding('onbprc_2', 'ent_again', 'in_progress');
    await onboarding('onbprc_3', await entity('ent_no', 'Rechazada'), 'rejected');
    expect(await names({ kyb: ['rejected'] })).toEqual(['Rechazada']);
    expect(await names({ kyb: ['in_progress'] })).toEqual(['Segundo intento']);
    expect(await names({ kyb: ['none', 'rejected'] })).toEqual(['Rechazada', 'Sin KYB']);
  });

  it('are found by name, tax id, id and Fintoc status, all at once', async () => {
    await entity('ent_op', 'Tacos del Norte', { status: 'operational' });
    await entity('ent_op2', 'Tacos del Sur', { status: 'paused' });
    expect(await names({ text: 'tacos' })).toEqual(['Tacos del Norte', 'Tacos del Sur']);
    expect(await names({ text: 'tacos', status: ['paused'] })).toEqual(['Tacos del Sur']);
    expect(await names({ text: 'ent_op' })).toEqual(['Tacos del Norte']);
    expect(await names({ text: 'rfcent_op2' })).toEqual(['Tacos del Sur']);
  });

  it('page by key, also within a search', async () => {
    for (let number = 0; number < 51; number += 1) await entity(`ent_page_${number}`, 'Muchas');
    const first = await listEntities(ANYBODY, { text: 'Muchas' });
    expect(first.items).toHaveLength(50);
    const second = await listEntities(ANYBODY, { text: 'Muchas', cursor: first.nextCursor ?? '' });
    expect(second.items).toHaveLength(1);
    expect(first.items.map(({ id }) => id)).not.toContain(second.items[0]?.id);
  });
});

it('a file that is no PDF, JPEG or PNG never leaves for Fintoc', async () => {
  await onboarding('onbprc_up', await entity('ent_up', 'Sube'), 'pending');
  const file = new File(['hola'], 'acta.pdf', { type: 'application/pdf' });
  const upload = (actor: Actor) =>
    uploadOnboardingDocument(actor, {
      onboardingId: 'onbprc_up',
      target: { slot: 'proof_of_address' },
      file,
    });
  await expect(upload(operator)).rejects.toMatchObject({ fields: { file: 'file_type' } });
  await expect(upload({ ...operator, role: 'auditor' })).rejects.toMatchObject({ code: 'forbidden' });
});

it('an account number knows its account, its wallet and what came in on it last', async () => {
  await entity('ent_root', 'Raíz', { is_root: true });
  const account = {
    id: 'acc_1',
    currency: 'mxn',
    available_balance: 100,
    is_root: true,
    root_account_number: '735969000000204006',
    root_account_number_id: 'acno_root',
    status: 'active',
    mode: 'test',
    entity: { id: 'ent_root' },
  };
  const number = {
    account_id: 'acc_1',
    status: 'enabled',
    mode: 'test',
    metadata: { wallet_id: 'w' },
    created_at: '2026-11-01T00:00:00Z',
  };
  await transaction(async (tx) => {
    await saveAccount(tx, toAccount(account));
    await saveAccountNumber(
      tx,
      toAccountNumber({ ...number, id: 'acno_root', number: '735969000000204006', is_root: true }),
    );
    await saveAccountNumber(tx, toAccountNumber({ ...number, id: 'acno_2', number: '735969000000204019' }));
  });
  const day = (date: number) => new Date(Date.UTC(2026, 10, date));
  await db().transfer.createMany({
    data: [1, 2].map((date) => ({
      id: `tr_${date}`,
      direction: 'inbound' as const,
      status: 'succeeded',
      amount: 500n,
      asset: 'MXN',
      accountId: 'acc_1',
      accountNumberId: 'acno_2',
      origin: 'webhook',
      mode: 'test',
      transactedAt: day(date),
    })),
  });
  const page = await getAccountNumberPage(ANYBODY, 'acno_2');
  expect(page).toMatchObject({ account: { entity: { holderName: 'Raíz' } }, wallet: null });
  expect(page.transfers.map(({ id }) => id)).toEqual(['tr_2', 'tr_1']);
  expect((await getAccountNumberPage(ANYBODY, 'acno_root')).transfers).toEqual([]);
  await expect(getAccountNumberPage(ANYBODY, 'acno_no')).rejects.toMatchObject({ code: 'not_found' });
  const ids = async (filter: object) => (await listAccountNumbers(ANYBODY, filter)).items.map(({ id }) => id);
  expect(await ids({ root: true })).toEqual(['acno_root']);
  expect(await ids({ root: false, status: ['enabled', 'blocked'] })).toEqual(['acno_2']);
  expect(await ids({ status: ['disabled'] })).toEqual([]);
});
