import { useTranslations } from 'next-intl';
import type { HeldReason } from '~/lib/gate/gate';

type Words = { short: string; title: string; hint: string; action: string | null };

type HasAction = 'wallet_frozen';

/** Why the gate keeps a withdrawal back, in words. A reason that nobody here knows waits all the same. */
export function useHeldWords(): (reason: string) => Words {
  const t = useTranslations('gate.held');
  return (reason) => {
    const known = reason as HeldReason;
    const key = t.has(`${known}.short`) ? known : 'other';
    return {
      short: t(`${key}.short`),
      title: t(`${key}.title`),
      hint: t(`${key}.hint`),
      action: t.has(`${key as HasAction}.action`) ? t(`${key as HasAction}.action`) : null,
    };
  };
}

/** What keeps it back now: a withdrawal that left the queue keeps what it last waited for. */
export function heldNow({
  status,
  heldReason,
}: {
  status: string;
  heldReason: string | null;
}): string | null {
  return status === 'queued' || status === 'submitting' ? heldReason : null;
}
