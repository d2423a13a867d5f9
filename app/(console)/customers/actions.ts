'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import {
  CUSTOMER_COUNTRIES,
  CUSTOMER_KINDS,
  changeCustomer,
  createCustomer,
  createPortfolio,
} from '~/lib/customers';
import { addNote } from '~/lib/notes';

const isEmail = (text: string) => z.email().safeParse(text).success;
/** E.164 allows 15 digits; people write them with spaces, dashes and brackets. */
const isPhone = (text: string) => /^\+?[\d\s().-]+$/.test(text) && /^\d{8,15}$/.test(text.replace(/\D/g, ''));

const facts = z.object({
  name: z.string().trim().min(1).max(120),
  taxId: z.string().trim().min(1).max(40),
  email: z.string().trim().max(254).refine(isEmail, 'email_format').optional(),
  phone: z.string().trim().max(30).refine(isPhone, 'phone_format').optional(),
});

const newCustomer = facts.extend({
  kind: z.enum(CUSTOMER_KINDS),
  country: z.enum(CUSTOMER_COUNTRIES),
  externalId: z.string().trim().max(100).optional(),
  requestId: z.uuid(),
  /** Which button it was: on to the customer's wallet, or to their page. */
  next: z.literal('wallet').optional(),
});

export const createCustomerAction = operatorAction(
  newCustomer,
  async (actor, { next, ...facts }) => ({ id: (await createCustomer(actor, facts)).id, next }),
  {
    redirectTo: ({ id, next }) =>
      (next === 'wallet' ? `/wallets/new?customer=${id}&next=kyb` : `/customers/${id}`) as Route,
  },
);

export const changeCustomerAction = operatorAction(facts.extend({ customerId: z.uuid() }), changeCustomer, {
  redirectTo: ({ id }) => `/customers/${id}` as Route,
});

export const createPortfolioAction = operatorAction(
  z.object({ customerId: z.uuid(), name: z.string().trim().min(1).max(60) }),
  createPortfolio,
);

export const addCustomerNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: z.string().trim().min(1).max(2_000) }),
  (actor, note) => addNote(actor, { subjectType: 'customer', ...note }),
);
