'use server';

import { z } from 'zod';
import { LIST_PATH } from '~/components/list/view-query';
import { operatorAction } from '~/lib/action';
import { forgetView, saveView } from '~/lib/people/saved-views';
import { line } from '~/lib/typed-text';

/** What a list is filtered by now, under a name. */
export const saveViewAction = operatorAction(
  z.object({
    path: z.string().regex(LIST_PATH),
    query: z.string().max(2_000),
    name: line(60),
    shared: z.literal('on').optional(),
  }),
  (actor, { shared, ...view }) => saveView(actor, { ...view, shared: shared === 'on' }),
);

export const forgetViewAction = operatorAction(z.object({ viewId: z.uuid() }), forgetView);
