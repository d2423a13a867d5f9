'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { makeKey, revokeKey, rotateKey } from '~/lib/api/keys';
import { SCOPE_NAMES } from '~/lib/api/scopes';
import { readAmount } from '~/lib/money';
import { line, note, typed } from '~/lib/typed-text';

/** Limits are asked for in what is paid out most. */
const ASSET = 'MXN';

const limit = typed(64)
  .transform((text, context) => {
    const reading = readAmount(text, ASSET);
    if (reading.ok) return reading.amount;
    context.addIssue({ code: 'custom', message: `amount_${reading.reason}` });
    return z.NEVER;
  })
  .optional();

const days = z.enum(['30', '90', '365']).transform((text) => ({ days: Number(text) }));

const newKey = z
  .object({
    name: line(80),
    ...Object.fromEntries(SCOPE_NAMES.map((scope) => [scope, z.literal('on').optional()])),
    each: limit,
    day: limit,
    addresses: typed(2_000).default(''),
    expires: days.optional(),
    portfolioIds: typed(4_000)
      .transform((ids) => ids.split(',').filter(Boolean))
      .pipe(z.array(z.uuid()))
      .default([]),
    requestId: z.uuid(),
  })
  .transform(({ name, each, day, addresses, expires, portfolioIds, requestId, ...ticked }) => ({
    ...{ name, portfolioIds, requestId, expiresAt: expires },
    scopes: SCOPE_NAMES.filter((scope) => (ticked as Record<string, unknown>)[scope] === 'on'),
    addresses: addresses.split(/[\s,;]+/).filter(Boolean),
    ...((each !== undefined || day !== undefined) && {
      limits: { [ASSET]: { each: each ?? null, day: day ?? null } },
    }),
  }));

const overlap = z.enum(['0', '24', '168']).transform(Number);

export const makeKeyAction = operatorAction(newKey, makeKey);
export const rotateKeyAction = operatorAction(
  z.object({ keyId: z.uuid(), overlapHours: overlap }),
  rotateKey,
);
export const revokeKeyAction = operatorAction(z.object({ keyId: z.uuid(), reason: note(500) }), revokeKey);
