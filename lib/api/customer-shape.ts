import { z } from 'zod';
import { idText, timeText } from '~/lib/api/shapes';
import { wholeStanding } from '~/lib/api/standing-shape';
import { CUSTOMER_COUNTRIES, CUSTOMER_KINDS } from '~/lib/people/customers';

export const Customer = z
  .strictObject({
    id: idText('customer'),
    object: z.literal('customer'),
    kind: z.enum(CUSTOMER_KINDS),
    name: z.string(),
    country: z.enum(CUSTOMER_COUNTRIES),
    tax_id_kind: z.enum(['rfc', 'curp', 'rut']),
    tax_id: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    external_id: z.string().nullable(),
    ...wholeStanding,
    created_at: timeText,
    erased_at: timeText
      .nullable()
      .meta({ description: 'Since when nobody can say who it was: tax_id is empty then.' }),
    updated_at: timeText,
  })
  .meta({ id: 'Customer', description: 'An end user of the platform: a person or a business.' });
