import { z } from 'zod';
import type { DocumentSlot, UploadTarget } from '~/lib/entities/kyb-slots';

/**
 * An onboarding as people follow it: four steps, and which documents are there and which are missing. Reads
 * Fintoc's own JSON, whose slots differ between API versions (`key` or `slot_key`), and refuses none of it.
 */
export type KybStep = {
  key: 'captured' | 'documents' | 'submitted' | 'reviewed';
  state: 'done' | 'current' | 'failed' | 'todo';
  at: Date | null;
};

export type OnboardingFacts = {
  status: string;
  submittable: boolean;
  submittedAt: Date | null;
  reviewedAt: Date | null;
  createdAt: Date;
  raw: unknown;
};

const text = z.string().nullish().catch(null);
const slotSchema = z.looseObject({ key: text, slot_key: text, status: text, file_name: text });
const slots = z.array(slotSchema).nullish().catch(null);
const rawSchema = z.looseObject({
  source: text,
  documents: slots,
  shareholders: z
    .array(
      z.looseObject({
        id: z.string(),
        name: text,
        last_name: text,
        holder_id: text,
        percentage: z.coerce.number().nullish().catch(null),
        document: slotSchema.nullish().catch(null),
      }),
    )
    .nullish()
    .catch(null),
  legal_representatives: z
    .array(z.looseObject({ id: text, first_name: text, last_name: text, documents: slots }))
    .nullish()
    .catch(null),
});

type RawSlot = z.output<typeof slotSchema>;

/** Where Fintoc could say why. Its pages name no field for it, so each that means it is read. */
const REASONS = [
  'rejection_reason',
  'rejected_reason',
  'reject_reason',
  'reason',
  'review_comment',
  'comment',
  'message',
  'detail',
];

/** The first words of a reason in an object of Fintoc's; null where it gives none. */
export function reasonIn(said: Record<string, unknown>): string | null {
  for (const key of REASONS) {
    const words = said[key];
    if (typeof words === 'string' && words.trim() !== '') return words.trim().slice(0, 500);
  }
  return null;
}

const EMPTY: ReadonlySet<string> = new Set(['pending', 'missing', 'required', 'empty', 'not_uploaded']);

/** Every document slot: the company's first, then the representatives', then the shareholders'. */
export function documentSlots(raw: unknown): DocumentSlot[] {
  const { documents, shareholders, legal_representatives } = read(raw);
  return [
    ...(documents ?? []).map((slot) => toSlot(slot, null, { slot: keyOf(slot) })),
    ...(legal_representatives ?? []).flatMap(({ id, first_name, last_name, documents: own }) =>
      id
        ? (own ?? []).map((slot) =>
            toSlot(slot, fullName(first_name, last_name), { representativeId: id, slot: keyOf(slot) }),
          )
        : [],
    ),
    ...(shareholders ?? []).flatMap(({ id, name, last_name, document }) =>
      document ? [toSlot(document, fullName(name, last_name), { shareholderId: id })] : [],
    ),
  ];
}

export type KybShareholder = {
  id: string;
  name: string;
  holderId: string | null;
  percentage: number | null;
};

/** The shareholders as Fintoc has them. */
export function shareholdersOf(raw: unknown): KybShareholder[] {
  return (read(raw).shareholders ?? []).map(({ id, name, last_name, holder_id, percentage }) => ({
    id,
    name: fullName(name, last_name),
    holderId: holder_id ?? null,
    percentage: percentage ?? null,
  }));
}

/** One that was begun in Fintoc's Dashboard is finished there. */
export function isFromDashboard(raw: unknown): boolean {
  return read(raw).source === 'dashboard';
}

/** Where an onboarding stands. */
export function kybSteps(onboarding: OnboardingFacts): KybStep[] {
  const { status, createdAt, submittedAt, reviewedAt } = onboarding;
  const submitted = submittedAt !== null || ['submitted', 'approved', 'rejected'].includes(status);
  const complete = submitted || isComplete(onboarding);
  const decided = status === 'approved' ? 'done' : isOver(status) ? 'failed' : null;
  return [
    { key: 'captured', state: 'done', at: createdAt },
    { key: 'documents', state: complete ? 'done' : decided ? 'todo' : 'current', at: null },
    {
      key: 'submitted',
      state: submitted ? 'done' : complete && !decided ? 'current' : 'todo',
      at: submittedAt,
    },
    { key: 'reviewed', state: decided ?? (submitted ? 'current' : 'todo'), at: reviewedAt },
  ];
}

function isComplete({ submittable, raw }: OnboardingFacts): boolean {
  const all = documentSlots(raw);
  return submittable || (all.length > 0 && all.every(({ state }) => state === 'received'));
}

/** Whether it still takes documents. */
export function takesDocuments({ status, raw }: { status: string; raw: unknown }): boolean {
  return (status === 'pending' || status === 'in_progress') && !isFromDashboard(raw);
}

/** Rejected or cancelled: a new onboarding may start. */
export function isOver(status: string): boolean {
  return status === 'rejected' || status === 'cancelled';
}

/**
 * The onboarding that counts. At most one of an entity is under way or approved; else the one reviewed last. Not by
 * when we saw it: a sync brings Fintoc's newest first.
 */
export function currentOnboarding<Item extends { status: string; reviewedAt: Date | null; createdAt: Date }>(
  onboardings: readonly Item[],
): Item | null {
  const standing = onboardings.find(({ status }) => !isOver(status));
  if (standing) return standing;
  const timeOf = ({ reviewedAt, createdAt }: Item) => (reviewedAt ?? createdAt).getTime();
  return [...onboardings].sort((a, b) => timeOf(b) - timeOf(a))[0] ?? null;
}

function read(raw: unknown): z.output<typeof rawSchema> {
  const parsed = rawSchema.safeParse(raw);
  return parsed.success ? parsed.data : rawSchema.parse({});
}

function toSlot(slot: RawSlot, person: string | null, target: UploadTarget): DocumentSlot {
  const { status, file_name } = slot;
  const state =
    !status || EMPTY.has(status) ? 'missing' : status.startsWith('reject') ? 'refused' : 'received';
  const reason = state === 'refused' ? reasonIn(slot) : null;
  return { key: keyOf(slot), state, fileName: file_name ?? null, person, reason, target };
}

function keyOf({ key, slot_key }: RawSlot): string {
  return key || slot_key || 'document';
}

function fullName(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
