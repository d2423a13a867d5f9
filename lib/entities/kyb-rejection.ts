import { z } from 'zod';
import { documentSlots, reasonIn } from '~/lib/entities/kyb';
import { documentOf } from '~/lib/entities/kyb-slots';

/**
 * Why Fintoc rejected a KYB, as far as it says so, and what it says it of. Fintoc's pages name no field for it, so every
 * word that stands where one would look is read: beside the whole, a field, a document or a person. Pure.
 */
export type Rejection = {
  /** A field (`company_information.phone`), a part (`shareholders`), or null for the whole. */
  field: string | null;
  /** A document, as documentOf() names it. */
  document: string | null;
  /** Fintoc's own words. */
  reason: string;
};

const LISTS = ['rejections', 'rejection_reasons', 'rejected_fields', 'review_comments', 'errors'];
const PLACES = ['field', 'param', 'step', 'slot_key', 'key', 'on'];

const record = z.record(z.string(), z.unknown());

/** What Fintoc says, the whole first. Nothing where it says nothing. */
export function rejectionsOf(raw: unknown): Rejection[] {
  const said = recordOf(raw);
  const whole = reasonIn(said);
  const found: Rejection[] = [
    ...(whole ? [{ field: null, document: null, reason: whole }] : []),
    ...LISTS.flatMap((list) =>
      Array.isArray(said[list]) ? said[list].flatMap((item) => itemOf(item, raw)) : [],
    ),
    ...Object.entries(recordOf(said.data)).flatMap(([part, value]) => {
      const reason = reasonIn(recordOf(value));
      return reason ? [{ field: part, document: null, reason }] : [];
    }),
    ...['legal_representatives', 'shareholders'].flatMap((list) => peopleIn(list, said[list])),
    ...documentSlots(raw).flatMap((slot) =>
      slot.reason ? [{ field: null, document: documentOf(slot), reason: slot.reason }] : [],
    ),
  ];
  return found.filter(({ reason, field, document }, at) => {
    const same = found.findIndex(
      (one) => one.reason === reason && one.field === field && one.document === document,
    );
    return same === at;
  });
}

function itemOf(item: unknown, raw: unknown): Rejection[] {
  if (typeof item === 'string')
    return item.trim() === '' ? [] : [{ field: null, document: null, reason: item.trim() }];
  const said = recordOf(item);
  const reason = reasonIn(said);
  if (!reason) return [];
  const place = PLACES.map((key) => said[key]).find((value) => typeof value === 'string') as
    | string
    | undefined;
  const slot = documentSlots(raw).find(({ key, person }) => key === place && person === null);
  if (slot) return [{ field: null, document: documentOf(slot), reason }];
  return [{ field: place ? fieldName(place) : null, document: null, reason }];
}

/** Fintoc's way to name a place in a body, as our fields are named: `data.shareholders[0].name`. */
export function fieldName(param: string): string {
  return param.replace(/^data\./, '').replace(/\[(\d+)\]/g, '.$1');
}

function peopleIn(list: string, given: unknown): Rejection[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((person, row) => {
    const reason = reasonIn(recordOf(person));
    return reason ? [{ field: `${list}.${row}`, document: null, reason }] : [];
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  const parsed = record.safeParse(value);
  return parsed.success ? parsed.data : {};
}
