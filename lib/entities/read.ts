import { db } from '~/lib/db';
import { openedOnboardings } from '~/lib/entities/kept';
import { notFound } from '~/lib/errors';
import { type Customer, openedCustomer } from '~/lib/people/kept';
import { holderOf, type Sight } from '~/lib/people/masking';
import { type Reader, type Shown, type ShownAccount, shown, shownAccount, sightOf } from '~/lib/people/sight';
import type { Prisma } from '~/prisma/generated/client';

const WHOLE = {
  customer: true,
  onboardings: { orderBy: { createdAt: 'desc' } },
  accounts: { orderBy: { createdAt: 'asc' } },
  wallets: { orderBy: { createdAt: 'asc' }, include: { wallet: true } },
} satisfies Prisma.EntityInclude;

type Whole = Prisma.EntityGetPayload<{ include: typeof WHOLE }>;

export type EntityRecord = Omit<Shown<'entity', Whole>, 'customer' | 'accounts'> & {
  customer: Shown<'customer', Customer> | null;
  accounts: ShownAccount<Whole['accounts'][number]>[];
  sight: Sight;
};

/** An entity with all that stands under it, as its reader may see it. */
export async function getEntityPage(reader: Reader, id: string): Promise<EntityRecord> {
  const entity = await db().entity.findUnique({ where: { id }, include: WHOLE });
  if (!entity) throw notFound('entity', id);
  const person = holderOf(entity);
  const { accounts, wallets } = entity;
  const onboardings = await openedOnboardings(db(), entity.onboardings);
  const customer = await openedCustomer(db(), entity.customer);
  return {
    ...shown(reader, 'entity', person, entity),
    customer: customer && shown(reader, 'customer', person, customer),
    onboardings: onboardings.map((each) => shown(reader, 'onboarding', person, each)),
    accounts: accounts.map((each) => shownAccount(reader, person, each)),
    wallets: wallets.map(({ wallet, ...held }) => ({
      ...shown(reader, 'walletAsset', person, held),
      wallet: shown(reader, 'wallet', person, wallet),
    })),
    sight: sightOf(reader, person),
  };
}

/** One onboarding, as its reader may see it. */
export async function getOnboardingRecord(reader: Reader, id: string) {
  const found = await db().onboarding.findUnique({ where: { id }, include: { entity: true } });
  if (!found) throw notFound('onboarding', id);
  const { entity, ...kept } = found;
  const [onboarding = kept] = await openedOnboardings(db(), [kept]);
  return shown(reader, 'onboarding', holderOf(entity), onboarding);
}
