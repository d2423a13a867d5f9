'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { forgetView, saveView } from '~/lib/people/saved-views';
import { line } from '~/lib/text';

/** What a list is filtered by now, under a name. */
export const saveViewAction = operatorAction(
  z.object({
    path: z.string().regex(/^\/[a-z/-]{1,80}$/),
    query: z.string().max(2_000),
    name: line(60),
    shared: z.literal('on').optional(),
  }),
  (actor, { shared, ...view }) => saveView(actor, { ...view, shared: shared === 'on' }),
);

export const forgetViewAction = operatorAction(z.object({ viewId: z.uuid() }), forgetView);
