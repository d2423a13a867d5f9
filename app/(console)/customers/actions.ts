'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { askVerification } from '~/lib/beneficiaries/ask';
import { removeBeneficiary, saveBeneficiary } from '~/lib/beneficiaries/beneficiaries';
import { askErasure } from '~/lib/erase';
import { askPack } from '~/lib/packs/ask';
import { readyPack } from '~/lib/packs/file';
import { CUSTOMER_COUNTRIES, CUSTOMER_KINDS, changeCustomer, createCustomer } from '~/lib/people/customers';
import { addNote } from '~/lib/people/notes';
import { createPortfolio } from '~/lib/people/portfolios';
import { joinedDestination } from '~/lib/rails/destination';
import { capPortfolio } from '~/lib/terms/cap-portfolio';
import { isPhone } from '~/lib/text';
import { isEmail, line, note, optionalLine, personName, typed } from '~/lib/typed-text';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import { renamePortfolio } from '~/lib/wallets/portfolios';
import { closeTogether, freezeTogether, reopenTogether, unfreezeTogether } from '~/lib/wallets/together';

const facts = z.object({
  name: personName(),
  taxId: typed(),
  email: optionalLine(254).refine((text) => text === undefined || isEmail(text), 'email_format'),
  phone: optionalLine(30).refine((text) => text === undefined || isPhone(text), 'phone_format'),
});

const newCustomer = facts.extend({
  kind: z.enum(CUSTOMER_KINDS),
  country: z.enum(CUSTOMER_COUNTRIES),
  externalId: optionalLine(100),
  requestId: z.uuid(),
  /** Which button it was: on to the customer's wallet, or to their page. */
  next: z.literal('wallet').optional(),
});

export const createCustomerAction = operatorAction(
  newCustomer,
  async (actor, { next, ...facts }) => ({ id: (await createCustomer(actor, facts)).id, next }),
  {
    redirectTo: ({ id, next }) =>
      to(next === 'wallet' ? `/wallets/new?customer=${id}&next=kyb` : `/customers/${id}`),
  },
);

export const changeCustomerAction = operatorAction(facts.extend({ customerId: z.uuid() }), changeCustomer, {
  redirectTo: ({ id }) => to(`/customers/${id}`),
});

export const createPortfolioAction = operatorAction(
  z.object({ customerId: z.uuid(), name: line(60) }),
  createPortfolio,
);

export const renamePortfolioAction = operatorAction(
  z.object({ portfolioId: z.uuid(), name: line(60) }),
  renamePortfolio,
);

export const capPortfolioAction = operatorAction(
  z
    .object({
      portfolioId: z.uuid(),
      asset: typed(10),
      ...{ dayAmount: typed().optional(), balanceAmount: typed().optional() },
      reason: note(500),
      requestId: z.uuid(),
    })
    .transform((form, context) => {
      const amount = (field: 'dayAmount' | 'balanceAmount') =>
        form[field] === undefined ? null : amountIn(context, { field, text: form[field], asset: form.asset });
      return { ...form, dayAmount: amount('dayAmount'), balanceAmount: amount('balanceAmount') };
    }),
  capPortfolio,
);

export const saveBeneficiaryAction = operatorAction(
  z
    .object({
      customerId: z.uuid(),
      name: personName(),
      taxId: typed().optional(),
      destination: typed(),
      destinationBank: typed().optional(),
      destinationTaxId: typed().optional(),
      destinationType: typed().optional(),
      requestId: z.uuid(),
    })
    .transform(({ destination: number, ...typedOf }) => {
      const { destinationBank: bank, destinationTaxId, destinationType: type, ...rest } = typedOf;
      return {
        ...rest,
        destination: joinedDestination({ taxId: destinationTaxId, bank, type, number }),
      };
    }),
  saveBeneficiary,
);

export const removeBeneficiaryAction = operatorAction(
  z.object({ beneficiaryId: z.uuid() }),
  removeBeneficiary,
);

export const verifyBeneficiaryAction = operatorAction(
  z.object({ beneficiaryId: z.uuid(), requestId: z.uuid() }),
  askVerification,
);

const reason = note(500);
const whole = z.object({ subject: z.enum(['customer', 'portfolio']), id: z.uuid(), reason });

export const freezeTogetherAction = operatorAction(
  whole.extend({
    direction: z.enum(FREEZE_DIRECTIONS),
    days: z.coerce.number().int().min(1).max(366).optional(),
    requestId: z.uuid(),
  }),
  (actor, { subject, id, days, ...freeze }) =>
    freezeTogether(actor, { subject, id }, { ...freeze, until: days ? { days } : undefined }),
);

export const unfreezeTogetherAction = operatorAction(
  whole.extend({ requestId: z.uuid() }),
  (actor, { subject, id, ...why }) => unfreezeTogether(actor, { subject, id }, why),
);

export const closeCustomerAction = operatorAction(
  z.object({
    customerId: z.uuid(),
    reason,
    closedBy: z.enum(['platform', 'customer']),
    requestId: z.uuid(),
  }),
  (actor, { customerId, ...why }) => closeTogether(actor, customerId, why),
);

export const reopenCustomerAction = operatorAction(
  z.object({ customerId: z.uuid(), reason }),
  (actor, { customerId, reason }) => reopenTogether(actor, customerId, { reason }),
);

export const askPackAction = operatorAction(
  z.object({ customerId: z.uuid(), reason, requestId: z.uuid() }),
  askPack,
);

export const readyPackAction = operatorAction(z.object({ id: z.uuid() }), readyPack);
export const askErasureAction = operatorAction(
  z.object({ customerId: z.uuid(), reason, requestId: z.uuid() }),
  askErasure,
);

export const addCustomerNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: note(2_000), requestId: z.uuid() }),
  (actor, written) => addNote(actor, { subjectType: 'customer', ...written }),
);
