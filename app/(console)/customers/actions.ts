'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import {
  CUSTOMER_COUNTRIES,
  CUSTOMER_KINDS,
  changeCustomer,
  createCustomer,
  createPortfolio,
} from '~/lib/people/customers';
import { addNote } from '~/lib/people/notes';
import { isEmail, isPhone, line, note, optionalLine, personName, typed } from '~/lib/text';

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

export const addCustomerNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: note(2_000), requestId: z.uuid() }),
  (actor, written) => addNote(actor, { subjectType: 'customer', ...written }),
);
