import { emit } from '~/sandbox/events';
import { type Db, now, row, type Sandbox } from '~/sandbox/state';
import { timestamp } from '~/sandbox/views';

export interface DocumentSlot {
  id: string;
  object: 'onboarding_document';
  slot_key: string;
  status: 'pending' | 'uploaded' | 'rejected';
  file_name: string | null;
  uploaded_at: string | null;
  rejection_reason?: string;
}

export interface Shareholder {
  id: string;
  object: 'onboarding_shareholder';
  document: DocumentSlot;
  holder_id: string | null;
  last_name: string | null;
  name: string;
  nationality: string | null;
  percentage: number | null;
  type: string;
}

export interface OnboardingRow {
  id: string;
  entity_id: string;
  data: Record<string, unknown>;
  documents: DocumentSlot[];
  legal_representatives: unknown[];
  shareholders: Shareholder[];
  status: 'pending' | 'in_progress' | 'submitted' | 'approved' | 'rejected' | 'cancelled';
  source: string;
  submitted_at: Date | null;
  reviewed_at: Date | null;
  rejection: Rejection | null;
}

/** Fintoc's pages say only that it rejects; where it says why was not found. Here it says it as its other objects would. */
export interface Rejection {
  reason?: string;
  rejections?: { field: string; reason: string }[];
  documents?: Record<string, string>;
}

/** An onboarding can be submitted when nothing is missing. */
export function isSubmittable(onboarding: OnboardingRow): boolean {
  const slots = [...onboarding.documents, ...onboarding.shareholders.map(({ document }) => document)];
  return isOpen(onboarding) && slots.every((slot) => slot.status === 'uploaded');
}

/** Whether it still takes documents. */
export function isOpen(onboarding: OnboardingRow): boolean {
  return onboarding.status === 'pending' || onboarding.status === 'in_progress';
}

export function presentOnboarding(onboarding: OnboardingRow) {
  const { submitted_at, reviewed_at, rejection } = onboarding;
  return {
    id: onboarding.id,
    object: 'onboarding',
    data: onboarding.data,
    documents: onboarding.documents.map((slot) => withReason(slot, onboarding.rejection)),
    entity_id: onboarding.entity_id,
    legal_representatives: onboarding.legal_representatives,
    reviewed_at: reviewed_at && timestamp(reviewed_at),
    shareholders: onboarding.shareholders,
    source: onboarding.source,
    status: onboarding.status,
    submittable: isSubmittable(onboarding),
    submitted_at: submitted_at && timestamp(submitted_at),
    ...(rejection?.reason && { rejection_reason: rejection.reason }),
    ...(rejection?.rejections && { rejections: rejection.rejections }),
  };
}

function withReason(slot: DocumentSlot, rejection: Rejection | null): DocumentSlot {
  const reason = rejection?.documents?.[slot.slot_key];
  return reason ? { ...slot, status: 'rejected', rejection_reason: reason } : slot;
}

const ENTITY_STATUS = { approved: 'operational', rejected: 'rejected' } as const;

/** Ends the review: the entity becomes operational or rejected, and an event tells of it. */
export async function reviewOnboarding(
  sandbox: Sandbox,
  db: Db,
  id: string,
  verdict: 'approved' | 'rejected',
  rejection: Rejection | null = null,
): Promise<OnboardingRow | undefined> {
  const reviewed = await row<OnboardingRow>(
    db,
    `update sandbox.onboardings set status = $2, reviewed_at = $3, rejection = $4
     where id = $1 and status = 'submitted' returning *`,
    [id, verdict, now(sandbox), rejection && JSON.stringify(rejection)],
  );
  if (!reviewed) return undefined;
  await setEntityStatus(db, reviewed.entity_id, ENTITY_STATUS[verdict]);
  await emit(sandbox, db, [{ type: `entity.onboarding.${verdict}`, data: presentOnboarding(reviewed) }]);
  return reviewed;
}

export async function setEntityStatus(db: Db, id: string, status: string): Promise<void> {
  await db.query('update sandbox.entities set status = $2 where id = $1', [id, status]);
}
