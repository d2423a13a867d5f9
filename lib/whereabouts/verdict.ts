/** What is known of one payment, of either direction. Amounts in the asset's smallest unit. */
export type Facts = {
  /** payout: one that no withdrawal of ours explains. */
  kind: 'deposit' | 'withdrawal' | 'payout';
  /** Of a transfer's state, or of a withdrawal's status. */
  state: string;
  hasWallet: boolean;
  suspenseReason: string | null;
  suspenseSince: Date | null;
  /** A return or an assignment that waits for a second person. */
  asked: 'return' | 'assignment' | null;
  returnRequestedAt: Date | null;
  /** A rail's or our code of why it failed or came back (lib/reasons). */
  why: string | null;
  heldReason: string | null;
  /** Of a deposit that was refused: the rule of our number that did it. */
  numberRule: NumberRule | null;
  purpose: string | null;
  /** When the rail says that it happened, or when it was asked for. */
  at: Date;
  /** When the wallet got it, or the beneficiary. */
  bookedAt: Date | null;
  changedAt: Date;
};

/** Where money is, as one answer. */
export const VERDICTS = [
  /** Of deposits. */
  'credited',
  'return_asked',
  'suspense',
  'assignment_asked',
  'returning',
  'returned',
  'coming',
  'refused',
  /** Of withdrawals. */
  'waits_approval',
  'waits_gate',
  'queued',
  'sending',
  'in_transit',
  'paid',
  'failed',
  'came_back',
  'came_back_suspense',
  'not_sent',
  /** Of payouts that nobody asked for here. */
  'unexplained',
  'platform',
] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export type Verdict = {
  word: VerdictWord;
  /** Since when it is so, or when it became so. */
  since: Date;
  /** A code: of lib/reasons, of suspense, of the gate, or how a withdrawal ended. */
  reason: { of: 'failure' | 'suspense' | 'gate' | 'ending' | 'number'; code: string } | null;
  /** Whether somebody here has to do something before it moves on. */
  waitsHere: boolean;
};

/** The facts of one payment as one answer: where its money is, since when, and why. */
export function verdictOf(facts: Facts): Verdict {
  if (facts.kind === 'withdrawal') return ofWithdrawal(facts);
  return facts.kind === 'deposit' ? ofDeposit(facts) : ofPayout(facts);
}

function answer(word: VerdictWord, since: Date, more: Partial<Verdict> = {}): Verdict {
  return { word, since, reason: null, waitsHere: false, ...more };
}

const failure = (code: string | null): Verdict['reason'] => (code ? { of: 'failure', code } : null);

function ofDeposit(facts: Facts): Verdict {
  const { state, suspenseReason, suspenseSince, returnRequestedAt, asked } = facts;
  const { why, numberRule, at, changedAt, bookedAt } = facts;
  if (state === 'returned') return answer('returned', changedAt, { reason: failure(why) });
  if (state === 'return_pending') return answer('returning', returnRequestedAt ?? changedAt);
  if (state === 'rejected' || state === 'failed') {
    const rule: Verdict['reason'] = numberRule ? { of: 'number', code: numberRule } : failure(state);
    return answer('refused', changedAt, { reason: why ? failure(why) : rule });
  }
  if (state !== 'succeeded') return answer('coming', at);
  if (returnRequestedAt) return answer('returning', returnRequestedAt);
  const suspended: Verdict['reason'] = suspenseReason ? { of: 'suspense', code: suspenseReason } : null;
  if (asked === 'return') return answer('return_asked', changedAt, { reason: suspended, waitsHere: true });
  if (asked === 'assignment')
    return answer('assignment_asked', changedAt, { reason: suspended, waitsHere: true });
  if (suspenseReason)
    return answer('suspense', suspenseSince ?? changedAt, { reason: suspended, waitsHere: true });
  return answer('credited', bookedAt ?? at);
}

const ENDED: Readonly<Record<string, VerdictWord>> = {
  failed: 'failed',
  rejected: 'failed',
  returned: 'came_back',
  declined: 'not_sent',
  cancelled: 'not_sent',
  expired: 'not_sent',
};

function ofWithdrawal(facts: Facts): Verdict {
  const { state, heldReason, suspenseReason, suspenseSince, why, at, changedAt, bookedAt } = facts;
  const isLeaving = state === 'queued' || state === 'submitting';
  if (state === 'awaiting_approval') return answer('waits_approval', at, { waitsHere: true });
  if (isLeaving && heldReason)
    return answer('waits_gate', changedAt, { reason: { of: 'gate', code: heldReason }, waitsHere: true });
  if (state === 'queued') return answer('queued', changedAt);
  if (state === 'submitting') return answer('sending', changedAt);
  if (state === 'pending') return answer('in_transit', changedAt);
  if (state === 'succeeded') return answer('paid', bookedAt ?? changedAt);
  const word = ENDED[state] ?? 'failed';
  if (word === 'not_sent') return answer(word, changedAt, { reason: { of: 'ending', code: state } });
  if (word === 'came_back' && suspenseReason)
    return answer('came_back_suspense', suspenseSince ?? changedAt, {
      reason: failure(why),
      waitsHere: true,
    });
  return answer(word, changedAt, { reason: failure(why ?? state) });
}

function ofPayout({ state, purpose, why, at, changedAt, bookedAt }: Facts): Verdict {
  if (state === 'returned') return answer('came_back', changedAt, { reason: failure(why) });
  if (state === 'failed' || state === 'rejected')
    return answer('failed', changedAt, { reason: failure(why ?? state) });
  if (purpose === 'unexplained') return answer('unexplained', at, { waitsHere: true });
  if (state !== 'succeeded') return answer('in_transit', at);
  return answer('platform', bookedAt ?? at);
}

/**
 * Why a number of ours refuses money. limits: it takes amounts between bounds alone, or did not take any then.
 */
export const NUMBER_RULES = ['wallet_closed', 'wallet_frozen', 'number_disabled', 'limits'] as const;
export type NumberRule = (typeof NUMBER_RULES)[number];

/** What a number of ours would do now with money that is sent to it. */
export type NumberFacts = {
  numberStatus: string;
  /** `open` too where it is frozen against debits alone. */
  walletStatus: string | null;
  /** While it is frozen: whether what comes is sent back. */
  frozenDeposits: string | null;
};

/** Why nothing is found of a payment that somebody made. */
export const ABSENCES = [
  'number_refuses',
  'number_unknown',
  'clabe_elsewhere',
  'not_read_yet',
  'too_soon',
  'not_here',
] as const;
export type Absence = (typeof ABSENCES)[number];

export type AbsenceFacts = {
  /** Of the CLABE that was said, where one was: ours, or `none` where it is of our bank and nobody's here, or `elsewhere`. */
  number: NumberFacts | 'none' | 'elsewhere' | null;
  /** The first moment of the day that was said, and of the day after. */
  day: { since: Date; before: Date } | null;
  /** Up to where the rail's list of transfers was read. */
  readUntil: Date | null;
  now: Date;
};

/** Banxico makes the CEP available within half an hour of a payment's settlement: until then nothing is late. */
const SOON_MS = 30 * 60_000;

/** The most telling reason why a payment isn't here. */
export function absenceOf({ number, day, readUntil, now }: AbsenceFacts): Absence {
  if (number === 'none') return 'number_unknown';
  if (number === 'elsewhere') return 'clabe_elsewhere';
  if (number && refuses(number)) return 'number_refuses';
  if (readUntil === null || (day && readUntil < day.before && readUntil.getTime() < now.getTime() - SOON_MS))
    return 'not_read_yet';
  return day && day.before > now ? 'too_soon' : 'not_here';
}

/** Fintoc sends back by itself what comes to a number that is not enabled; no statement ever shows it. */
export function refuses({ numberStatus, walletStatus, frozenDeposits }: NumberFacts): boolean {
  if (numberStatus !== 'enabled') return true;
  return walletStatus === 'frozen' && frozenDeposits === 'refuse';
}

/** The rule by which a number refused what was sent to it, as far as it can be told now. */
export function ruleOf({ numberStatus, walletStatus }: NumberFacts): NumberRule {
  if (walletStatus === 'closed') return 'wallet_closed';
  if (walletStatus === 'frozen') return 'wallet_frozen';
  return numberStatus === 'enabled' ? 'limits' : 'number_disabled';
}
