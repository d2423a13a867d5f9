'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { askStatement } from '~/lib/statements/ask';
import { STATEMENT_LOCALES } from '~/lib/statements/kinds';
import { STATEMENT_FORMATS, STATEMENT_SCOPES } from '~/lib/statements/read';
import { typed } from '~/lib/typed-text';

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
    requestId: z.uuid(),
  }),
  (actor, { portfolioId, ...asked }) =>
    askStatement(actor, portfolioId ? { ...asked, scope: 'portfolio', scopeId: portfolioId } : asked),
  { redirectTo: () => to('/statements') },
);
