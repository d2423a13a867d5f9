import { CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';
import { findLook, type StatusKind } from '~/components/words/status-looks';

type StatusBadgeProps = { kind: StatusKind; status: string; className?: string };

/** A state as tone, icon and word: icon and word differ too, so nobody depends on colour. */
export function StatusBadge({ kind, status, className }: StatusBadgeProps) {
  const word = useStatusWord();
  const look = findLook(kind, status);
  return (
    <Badge tone={look?.tone ?? 'neutral'} icon={look?.icon ?? CircleHelp} className={className}>
      {word(kind, status)}
    </Badge>
  );
}

/** The reader's word for a state, for filters and sentences. An unknown state speaks for itself. */
export function useStatusWord(): (kind: StatusKind, status: string) => string {
  const t = useTranslations('status');
  return (kind, status) => {
    // The table and the messages have the same keys (app/messages/status.test.ts), which types can't see.
    const key = `${kind}.${status}` as Parameters<typeof t>[0];
    return findLook(kind, status) && t.has(key) ? t(key) : status.replaceAll('_', ' ');
  };
}
