import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { KeyActor } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import type { Operation } from '~/lib/api/operation';
import { OPERATIONS } from '~/lib/api/operations';
import { SCOPE_NAMES, type Scope } from '~/lib/api/scopes';
import { db } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { permissionsOf, ROLES } from '~/lib/roles';
import { askStatement } from '~/lib/statements/ask';
import { type Asked, ask, someKey, type TestKey } from '~/lib/testing/api';
import { TABLE } from '~/lib/testing/api-table';
import { withTestDatabase } from '~/lib/testing/database';
import { someClabe, someOperator, someRole } from '~/lib/testing/factories';
import { plant } from '~/lib/testing/planted';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

it('every verb stands in the table, and nothing else does', () => {
  expect(OPERATIONS.map(({ id }) => id).sort()).toEqual(Object.keys(TABLE).sort());
});

const NOTHING = '01890a5d-ac96-774b-bcce-b302099a8057';

/** What stands at an address with an id, by its first part: real things, so that no verb ends before it asks who may. */
let things: Record<string, string>;
/** What each field of a body is, by its name. */
let fields: Record<string, unknown>;

beforeAll(async () => {
  const { wallet, entity, transfer, withdrawal, customer } = await plant();
  const { id: adjustmentId } = await db().adjustment.findFirstOrThrow();
  const { id: holdId } = await db().hold.findFirstOrThrow();
  const { id: beneficiaryId } = await db().beneficiary.findFirstOrThrow();
  const { id: endpointId } = await db().webhookEndpoint.findFirstOrThrow();
  const { id: portfolioId } = await db().portfolio.create({ data: { customerId: customer.id, name: 'Uno' } });
  const { id: statementId } = await askStatement(await someOperator('auditor'), {
    ...{ scope: 'wallet', scopeId: wallet.id, from: '2025-10-01', to: '2025-10-31' },
    ...{ timeZone: 'America/Mexico_City', format: 'pdf', locale: 'en' },
  });
  const walletId = publicId('wallet', wallet.id);
  things = {
    customers: publicId('customer', customer.id),
    beneficiaries: publicId('beneficiary', beneficiaryId),
    portfolios: publicId('portfolio', portfolioId),
    wallets: walletId,
    'wallet-terms': publicId('terms', (await db().walletTerms.findFirstOrThrow()).id),
    'account-numbers': wallet.accountNumberId ?? '',
    withdrawals: publicId('withdrawal', withdrawal.id),
    'withdrawal-batches': publicId('withdrawal_batch', NOTHING),
    test: publicId('withdrawal', withdrawal.id),
    deposits: transfer.id,
    'balance-adjustments': publicId('adjustment', adjustmentId),
    exchanges: publicId('exchange', NOTHING),
    holds: publicId('hold', holdId),
    statements: publicId('statement', statementId),
    entities: entity.id,
    onboardings: `onbprc_${entity.id}`,
    approvals: publicId('approval', NOTHING),
    events: 'evt_0000000000001',
    'webhook-endpoints': publicId('webhook_endpoint', endpointId),
  };
  fields = {
    ...{ kind: 'individual', name: 'Ana', tax_id: 'MUAD800101AB1', customer_id: things.customers },
    ...{ from_asset: 'MXN', to_asset: 'USD', rate: '1' },
    ...{ asset: 'MXN', amount: '1', pattern: 'A', reason: 'Because it has to be', closed_by: 'platform' },
    ...{ wallet_id: walletId, from_wallet_id: walletId, to_wallet_id: walletId },
    ...{ destination: someClabe('012'), account_number_id: wallet.accountNumberId },
    ...{ expires_at: '2199-01-01T00:00:00Z', since: new Date().toISOString(), seconds: 1 },
    ...{ from: '2025-10-01', to: '2025-10-31' },
    ...{ url: 'https://example.com/hook', event_types: ['*'] },
    ...{ portfolio_id: things.portfolios, wallet: { asset: 'MXN', pattern: 'A', name: 'Uno' } },
    ...{ status: 'on', overlap_hours: 24, direction: 'both', deposits: 'suspend' },
    withdrawals: [{ wallet_id: walletId, asset: 'MXN', amount: '1', destination: someClabe('012') }],
    ...onboarding,
  };
});

const person = {
  ...{ first_name: 'Ana', last_name: 'López', email: 'ana@correo.mx', nationality: 'mx' },
  ...{ identification_number: 'MUAD800101AB1', position: 'Directora' },
};
const onboarding = {
  company_information: {
    ...{ incorporation_date: '2015-03-02', business_activity: 'Textiles', fiscal_address: 'Reforma 1' },
    ...{ settlement_account: '012180012345678909', phone: '5512345678' },
  },
  legal_representatives: [person],
  transactional_profile: {
    ...{ resource_origins: ['investments'], monthly_amount_range: '1_500000' },
    monthly_operations_range: '1_15000',
  },
  shareholders: [
    { type: 'natural_person', name: 'Ana', last_name: 'López', nationality: 'mx', percentage: '100' },
  ],
};

const paramsOf = ({ path }: Operation): Record<string, string> =>
  path.includes('{id}') ? { id: things[path.split('/')[1] ?? ''] ?? 'nothing' } : {};
const known = (shape: z.ZodObject | null) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => shape && name in shape.shape));

const pdf = new File(['%PDF-1.4 …'], 'acta.pdf', { type: 'application/pdf' });

function askedOf(operation: Operation): Asked {
  const { query, body, upload } = operation;
  const isAsked = operation.id === 'listPortfolios';
  const days = { from: '2025-10-01', to: '2025-10-31' };
  return {
    params: paramsOf(operation),
    ...(isAsked && { query: known(query) as Record<string, string> }),
    ...(upload && { query: { slot: 'documents/id' } }),
    ...(operation.id === 'listJournalLines' && { query: days }),
    // A wallet's kind is none of a customer's.
    body: upload ? pdf : operation.id === 'createWallet' ? { ...known(body), kind: 'customer' } : known(body),
  };
}

describe('every verb', () => {
  it('is let through by the scope that the table says, and by none of all the others', async () => {
    const [own, others] = [new Map<Scope, string>(), new Map<Scope, string>()];
    for (const scope of SCOPE_NAMES) {
      own.set(scope, (await someKey([scope])).secret);
      others.set(scope, (await someKey(SCOPE_NAMES.filter((each) => each !== scope))).secret);
    }
    for (const operation of OPERATIONS) {
      const [scope = null] = TABLE[operation.id] ?? [];
      // No body: what is let through says what is missing, and does nothing.
      const asked = { params: paramsOf(operation) };
      const opened = await ask(own.get(scope ?? 'events:read') ?? '', operation.id, asked);
      expect([operation.id, opened.body?.code]).not.toEqual([operation.id, 'scope_missing']);
      if (scope === null) continue;
      const refused = await ask(others.get(scope) ?? '', operation.id, asked);
      expect([operation.id, refused.status, refused.body.code, refused.body.scope]).toEqual([
        ...[operation.id, 403, 'scope_missing', scope],
      ]);
    }
  });

  it('takes no other scope than those that it names, whatever is sent with it', async () => {
    const keys = new Map<string, Promise<TestKey>>();
    const secretOf = async (scopes: Scope[]) => {
      const key = keys.get(scopes.join()) ?? someKey([...scopes]);
      keys.set(scopes.join(), key);
      return (await key).secret;
    };
    for (const operation of OPERATIONS) {
      const [scope = null, , more = {}] = TABLE[operation.id] ?? [];
      expect([operation.id, operation.scopeOf ?? {}]).toEqual([operation.id, more]);
      const asked = askedOf(operation);
      const own: Scope[] = [scope ?? 'events:read'];
      for (const also of Object.values(more)) {
        const refused = await ask(await secretOf(own), operation.id, asked);
        expect([operation.id, refused.status, refused.body.scope]).toEqual([operation.id, 403, also]);
        own.push(also);
      }
      const { body } = await ask(await secretOf(own), operation.id, asked);
      const isRefused = body?.code === 'forbidden' || body?.code === 'scope_missing';
      expect([operation.id, isRefused]).toEqual([operation.id, false]);
    }
  });

  it.each([
    ...ROLES.map((role) => ({ who: role, role, custom: false })),
    // A role that people made of the same permissions may the same.
    { who: 'like an operator', role: 'operator', custom: true } as const,
    { who: 'like an auditor', role: 'auditor', custom: true } as const,
  ])('by somebody who is $who is done, or forbidden, as the table says', async ({ role, custom }) => {
    const actor = await someOperator(custom ? await someRole(...permissionsOf(role)) : role);
    for (const operation of OPERATIONS) {
      const [, may = []] = TABLE[operation.id] ?? [];
      const { params, query = {}, body } = askedOf(operation);
      const call = {
        // A verb asks who may by what they may do; whether that is a key's or a person's is the same to it.
        actor: actor as unknown as KeyActor,
        scopes: SCOPE_NAMES,
        params: operation.params.parse(params),
        query: operation.query.parse(query),
        body: operation.upload ? body : operation.body?.parse(body),
        requestId: randomUUID(),
      };
      const code = await operation.run(call).then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof InvalidInputError || error instanceof DomainError) return error.code;
          throw error;
        },
      );
      expect([operation.id, code === 'forbidden']).toEqual([operation.id, !may.includes(role)]);
    }
  });
});
