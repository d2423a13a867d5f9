/** What something can have happened to. */
export const SUBJECTS = [
  'operator',
  'customer',
  'wallet',
  'wallet_terms',
  'entity',
  'account_number',
  'transfer',
  'withdrawal',
  'adjustment',
  'inbox_event',
  'setting',
  'approval_rule',
  'approval',
  'beneficiary',
  'inbox_endpoint',
  'fintoc',
  'proof_break',
  'list',
  'alarm',
  'standstill',
] as const;
export type Subject = (typeof SUBJECTS)[number];

type Facts = {
  /** What it happens to: one kind, but for what people do beside any record. */
  subjects: readonly Subject[];
  /** Whether the platform is told of it; all else stays in the house. */
  told: boolean;
};

const told = (...subjects: Subject[]): Facts => ({ subjects, told: true });
const ours = (...subjects: Subject[]): Facts => ({ subjects, told: false });

/**
 * Everything that can happen, as one table: the audit's actions, and what happens without an act of anybody's. A type is
 * never renamed once somebody was told of it.
 */
export const CATALOGUE = {
  'customer.created': told('customer'),
  'customer.changed': told('customer'),
  'portfolio.created': told('customer'),
  'note.added': ours('wallet', 'customer', 'withdrawal', 'transfer', 'entity'),
  'person.revealed': ours('customer', 'entity', 'transfer', 'withdrawal'),
  'person.concealed': ours('customer', 'entity', 'transfer', 'withdrawal'),

  'wallet.requested': told('wallet'),
  'wallet.opened': told('wallet'),
  'wallet.opening_retried': ours('wallet'),
  'wallet.opening_cancelled': told('wallet'),
  'wallet.frozen': told('wallet'),
  'wallet.unfrozen': told('wallet'),
  'wallet.closed': told('wallet'),
  'wallet.reopened': told('wallet'),
  'wallet_terms.created': ours('wallet_terms'),
  'wallet_terms.changed': ours('wallet_terms'),
  'account_number.opened': told('account_number'),
  'account_number.enabled': told('account_number'),
  'account_number.disabled': told('account_number'),
  'account_number.blocked': told('account_number'),
  'account_number.deleted': told('account_number'),
  'account_number.given_again': told('account_number'),

  'entity.linked': ours('entity'),
  'onboarding.started': told('entity'),
  'onboarding.document_uploaded': ours('entity'),
  'onboarding.submitted_by_operator': ours('entity'),
  'onboarding.synced': ours('entity'),
  'onboarding.pending': told('entity'),
  'onboarding.in_progress': told('entity'),
  'onboarding.submitted': told('entity'),
  'onboarding.approved': told('entity'),
  'onboarding.rejected': told('entity'),
  'onboarding.cancelled': told('entity'),
  'onboarding.draft_saved': ours('entity'),
  'onboarding.draft_discarded': ours('entity'),
  'onboarding.draft_forgotten': ours('entity'),

  'deposit.credited': told('transfer'),
  'deposit.suspended': told('transfer'),
  'deposit.rejected': told('transfer'),
  'deposit.assigned': told('transfer'),
  'deposit.return_requested': told('transfer'),
  'deposit.return_pending': told('transfer'),
  'deposit.return_failed': told('transfer'),
  'deposit.returned': told('transfer'),
  'deposit.simulated': ours('transfer'),
  'deposit.return_asked': ours('transfer'),
  'deposit.return_approved': ours('transfer'),
  'deposit.return_declined': ours('transfer'),
  'deposit.return_cancelled': ours('transfer'),
  'deposit.assignment_asked': ours('transfer'),
  'deposit.assignment_approved': ours('transfer'),
  'deposit.assignment_declined': ours('transfer'),
  'deposit.assignment_cancelled': ours('transfer'),

  'withdrawal.requested': told('withdrawal'),
  'withdrawal.approved': told('withdrawal'),
  'withdrawal.declined': told('withdrawal'),
  'withdrawal.cancelled': told('withdrawal'),
  'withdrawal.expired': told('withdrawal'),
  'withdrawal.held': ours('withdrawal'),
  'withdrawal.delayed': ours('withdrawal'),
  'withdrawal.submitted': told('withdrawal'),
  'withdrawal.succeeded': told('withdrawal'),
  'withdrawal.failed': told('withdrawal'),
  'withdrawal.rejected': told('withdrawal'),
  'withdrawal.returned': told('withdrawal'),
  'withdrawal.return_assigned': told('withdrawal'),
  'withdrawal.end_asked': ours('withdrawal'),
  'withdrawal.ended_by_hand': told('withdrawal'),
  'payout.explanation_asked': ours('transfer'),
  'payout.explained': ours('transfer'),
  'beneficiary.blocked': ours('beneficiary'),
  'beneficiary.unblocked': ours('beneficiary'),

  'adjustment.requested': told('adjustment'),
  'adjustment.posted': told('adjustment'),
  'adjustment.declined': told('adjustment'),
  'adjustment.cancelled': told('adjustment'),

  'approval.asked': ours('approval'),
  'approval.alone': ours('approval'),
  'approval.approved': ours('approval'),
  'approval.declined': ours('approval'),
  'approval.cancelled': ours('approval'),
  'approval.expired': ours('approval'),
  'approval_rule.changed': ours('approval_rule'),

  'proof.broken': told('proof_break'),
  'proof.cured': told('proof_break'),
  'proof.recovered': ours('proof_break'),
  'proof.release_asked': ours('proof_break'),
  'proof.released': ours('proof_break'),
  'proof.accept_asked': ours('proof_break'),
  'proof.accepted': ours('proof_break'),
  'proof.movements_changed': ours('fintoc'),
  'standstill.opened': told('standstill'),
  'standstill.older_again': ours('standstill'),
  'standstill.release_asked': ours('standstill'),
  'standstill.released': told('standstill'),

  'inbox_event.replayed': ours('inbox_event'),
  'inbox_event.contradicted': ours('inbox_event'),
  'inbox_event.contradiction_seen': ours('inbox_event'),
  'inbox_endpoint.registered': ours('inbox_endpoint'),
  'inbox_endpoint.retired': ours('inbox_endpoint'),
  'fintoc.synced': ours('fintoc'),

  'list.exported': ours('list', 'wallet'),
  'list.export_ended': ours('list', 'wallet'),
  'operator.created': ours('operator'),
  'operator.changed': ours('operator'),
  'operator.password_changed': ours('operator'),
  'operator.password_reset': ours('operator'),
  'operator.preferences_changed': ours('operator'),
  'setting.changed': ours('setting'),
  'alarm.raised': ours('alarm'),
  'alarm.cleared': ours('alarm'),
  'alarm.acknowledged': ours('alarm'),
  'alarm.tested': ours('setting'),
  'alarm.not_delivered': ours('alarm', 'setting'),
  'alarm.settings_changed': ours('setting'),
} as const satisfies Record<`${string}.${string}`, Facts>;

export type EventType = keyof typeof CATALOGUE;
export const EVENT_TYPES = Object.keys(CATALOGUE) as EventType[];
