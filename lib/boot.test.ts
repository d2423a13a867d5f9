import { describe, expect, it } from 'vitest';
import { CHECKS, faultsWithMoney, firstFault } from '~/lib/boot';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { moveClock } from '~/prisma/company/clock';

withTestDatabase();

const real = {
  NEXTAUTH_URL: 'https://monedero.example',
  PUBLIC_URL: 'https://hooks.example',
  SECOND_FACTOR: undefined,
  FINTOC_BASE_URL: 'https://api.fintoc.com',
};

describe('with a live key', () => {
  it('an address that anybody can listen to, or of this machine, keeps the app from starting', () => {
    expect(faultsWithMoney(real)).toEqual([]);
    expect(faultsWithMoney({ ...real, PUBLIC_URL: undefined })).toEqual([]);
    for (const name of ['NEXTAUTH_URL', 'PUBLIC_URL', 'FINTOC_BASE_URL'] as const) {
      expect(faultsWithMoney({ ...real, [name]: 'http://monedero.example' })).toEqual([
        `${name} is not https`,
      ]);
      for (const host of ['127.0.0.1:3010', 'localhost', '[::1]:3010'])
        expect(faultsWithMoney({ ...real, [name]: `https://${host}` }), host).toEqual([
          `${name} is an address of this machine`,
        ]);
    }
  });

  it('nobody who decides may go without a second factor', () => {
    expect(faultsWithMoney({ ...real, SECOND_FACTOR: 'required' })).toEqual([]);
    expect(faultsWithMoney({ ...real, SECOND_FACTOR: 'offered' })).toEqual([
      'SECOND_FACTOR lets people decide without one',
    ]);
  });

  it('demo operators who may sign in keep it from starting; with a test key they are welcome', async () => {
    expect(await firstFault('live')).toBeNull();
    const { id } = await db().operator.create({
      data: { email: 'admin@monedero.test', name: 'Admin', role: 'admin', passwordHash: 'none' },
    });
    expect(await firstFault('test')).toBeNull();
    expect(await firstFault('live')).toMatch(/^With a live key [^\n]*admin@monedero\.test[^\n]*$/);
    await db().operator.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await firstFault('live')).toBeNull();
  });
});

it('nothing starts where the clock stands in the past', async () => {
  const { TEST_DATABASE_OWNER_URL: owner = '', DATABASE_URL: app = '' } = process.env;
  const clock = await moveClock(owner, new URL(app).username, new Date('2026-01-15T18:00:00Z'));
  try {
    expect(await firstFault('test')).toMatch(/^[^\n]*cut off[^\n]*DATA_DIR[^\n]*$/);
  } finally {
    await clock.end();
  }
  expect(await firstFault('test')).toBeNull();
});

it('what is asked of the database at every start is this', () => {
  expect(CHECKS.map(({ name, inMode }) => `${inMode}: ${name}`)).toEqual([
    'any: rights of the role',
    'live: demo operators',
    'any: the clock',
  ]);
});
