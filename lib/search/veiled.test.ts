import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { listAdjustments } from '~/lib/adjustments/read';
import { db } from '~/lib/db';
import { listMovements } from '~/lib/movements/movements';
import { maskedText } from '~/lib/people/masked-text';
import type { Reader } from '~/lib/people/sight';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { listTransfers } from '~/lib/transfers/read';
import { listWithdrawals } from '~/lib/withdrawals/read';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const SECRETS = {
  clabe: '646180157000000004',
  grouped: '6461 8015 7000 0000 04',
  email: 'lupita.secreta@correo.test',
  rfc: 'GODE561231GR8',
  rut: '12345678-5',
  card: '4111 1111 1111 1111',
  phone: '+52 55 9876 5432',
  long: '52 1 55 - 9876 - 5432',
  chilean: '9 8765 4321',
};
const around = (secret: string) => `Renta ${secret} gracias`;

let wallet: OpenWallet;

beforeAll(async () => {
  wallet = await someWallet();
});

/** How many a reader finds in each list of free text. */
const LISTS = {
  deposits: (reader: Reader, text: string) => listTransfers(reader, { text, direction: 'inbound' }),
  withdrawals: (reader: Reader, text: string) => listWithdrawals(reader, { text }),
  adjustments: (reader: Reader, text: string) => listAdjustments(reader, { text }),
  movements: (reader: Reader, text: string) => listMovements(reader, { text }),
};

describe('PostgreSQL hides from a search', () => {
  const veiled = async (text: string) => {
    const [row] = await db().$queryRaw<{ text: string }[]>`SELECT search_veiled(${text}) AS text`;
    return row?.text ?? '';
  };

  it.each(Object.values(SECRETS))(
    '%s, as its readers see it masked, and leaves the words around it',
    async (secret) => {
      const text = around(secret);
      expect(maskedText(text)).toMatch(/•/);
      expect((await veiled(text)).replace(/ +/g, ' ')).toBe('Renta gracias');
      if (secret.includes('@')) return;
      const glued = `tel${secret}`;
      expect(maskedText(glued)).toMatch(/•/);
      expect(await veiled(glued)).toBe('tel ');
    },
  );

  it.each([
    'Renta de julio 2026',
    'Factura 1234567 del 2026-07-01',
    'Pedido ABC-123',
    '5512345678',
    '$1,520.00 MXN',
  ])('nothing of %s', async (text) => {
    expect(maskedText(text)).toBe(text);
    expect(await veiled(text)).toBe(text);
  });
});

describe('free text in which something is masked', () => {
  beforeAll(async () => {
    const operator = await someOperator();
    await fundWallet(wallet, 1_000_000n);
    const { accountId, numberId, number } = wallet;
    for (const secret of Object.values(SECRETS)) {
      await told({ accountId, numberId, number, amount: 500, comment: around(secret) });
      await withdraw(await someOperator(), wallet, { amount: 700n, comment: `Renta ${secret}`.slice(0, 40) });
    }
    const other = await someWallet();
    for (const secret of Object.values(SECRETS))
      await requestAdjustment(operator, {
        ...{ fromWalletId: wallet.id, toWalletId: other.id, amount: 1n, requestId: randomUUID() },
        reason: around(secret),
      });
  });

  const count = async (list: keyof typeof LISTS, text: string, reader: Reader = OUTSIDER) =>
    (await LISTS[list](reader, text)).items.length;

  it.each(Object.keys(LISTS) as (keyof typeof LISTS)[])(
    '%s: is found by the other words and by the whole of it, and by no part',
    async (list) => {
      expect(await count(list, 'renta')).toBeGreaterThanOrEqual(Object.keys(SECRETS).length);
      for (const [kind, secret] of Object.entries(SECRETS)) {
        expect(await count(list, secret), `${kind} whole`).toBeGreaterThan(0);
        const bare = secret.replace('+', '');
        for (const part of [bare.slice(0, -1), bare.slice(1), bare.slice(0, 6), bare.slice(3, 9)])
          expect(await count(list, part), `${kind}: ${part}`).toBe(0);
      }
      expect(await count(list, 'secreta')).toBe(0);
      expect(await count(list, 'renta secreta')).toBe(0);
    },
  );

  it.each(Object.keys(LISTS) as (keyof typeof LISTS)[])(
    '%s: is found by its parts by who sees it',
    async (list) => {
      for (const part of ['secreta', SECRETS.clabe.slice(3, 12), SECRETS.rfc.slice(0, 6)])
        expect(await count(list, part, ANYBODY), part).toBeGreaterThan(0);
    },
  );
});
