'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { askStatement } from '~/lib/statements/ask';
import { STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { mailStatement } from '~/lib/statements/mail';
import { orderStatements, stopStatements } from '~/lib/statements/orders';
import { STATEMENT_FORMATS, STATEMENT_SCOPES } from '~/lib/statements/read';
import { typed } from '~/lib/typed-text';

/** As people part them: by commas, semicolons, blanks or lines. */
const addresses = typed(2_600).transform((text) => text.split(/[\s,;]+/).filter(Boolean));

export const mailStatementAction = operatorAction(
  z.object({
    id: z.uuid(),
    mailTo: addresses.refine((all) => all.length > 0, 'required'),
    requestId: z.uuid(),
  }),
  mailStatement,
);

export const orderStatementsAction = operatorAction(
  z.object({
    scope: z.enum(['wallet', 'customer']),
    scopeId: z.uuid(),
    portfolioId: z.uuid().optional(),
    format: z.enum(STATEMENT_FORMATS),
    locale: z.enum(STATEMENT_LOCALES),
    mailTo: addresses.refine((all) => all.length > 0, 'required'),
    requestId: z.uuid(),
  }),
  (actor, { portfolioId, ...ordered }) =>
    orderStatements(actor, portfolioId ? { ...ordered, scope: 'portfolio', scopeId: portfolioId } : ordered),
  { redirectTo: () => to('/statements') },
);

export const stopStatementsAction = operatorAction(z.object({ id: z.uuid() }), stopStatements);

export const askStatementAction = operatorAction(
  z.object({
    scope: z.enum(STATEMENT_SCOPES),
    scopeId: z.uuid().optional(),
    portfolioId: z.uuid().optional(),
    asset: typed(10).optional(),
    from: typed(10),
    to: typed(10),
    timeZone: typed(64),
    format: z.enum(STATEMENT_FORMATS),
    locale: z.enum(STATEMENT_LOCALES),
    mailTo: addresses.optional(),
    requestId: z.uuid(),
  }),
  (actor, { portfolioId, ...asked }) =>
    askStatement(actor, portfolioId ? { ...asked, scope: 'portfolio', scopeId: portfolioId } : asked),
  { redirectTo: () => to('/statements') },
);
