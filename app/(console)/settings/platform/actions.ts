'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { changePlatform } from '~/lib/statements/logo';
import { line, typed } from '~/lib/typed-text';

/** No file chosen is a file of no bytes. */
const chosen = z
  .instanceof(File)
  .optional()
  .transform((file) => (file && file.size > 0 ? file : undefined));

export const changePlatformAction = operatorAction(
  z.object({ name: line(80), logo: chosen, remove: typed(10).optional() }),
  async (actor, { name, logo, remove }) =>
    changePlatform(actor, {
      name,
      logo: logo ? new Uint8Array(await logo.arrayBuffer()) : remove === 'on' ? null : undefined,
    }),
);
