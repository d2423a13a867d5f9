import { Clock, Diff, RotateCw, Shuffle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '~/components/ui/badge';

type EventMarksProps = {
  event: { origin: string; late: boolean; outOfOrder: boolean; duplicates: number; conflicts: number };
};

/** What is out of the ordinary about how an event came. */
export function EventMarks({ event: { origin, late, outOfOrder, duplicates, conflicts } }: EventMarksProps) {
  const t = useTranslations('inbox.marks');
  return (
    <>
      {origin === 'poll' ? <RecoveredBadge /> : null}
      {late ? (
        <Badge tone="warning" icon={Clock}>
          {t('late')}
        </Badge>
      ) : null}
      {outOfOrder ? (
        <Badge tone="warning" icon={Shuffle}>
          {t('outOfOrder')}
        </Badge>
      ) : null}
      {conflicts > 0 ? (
        <Badge tone="danger" icon={Diff}>
          {t('conflicts')}
        </Badge>
      ) : null}
      {duplicates > 0 ? <Badge>{t('duplicates', { count: duplicates })}</Badge> : null}
    </>
  );
}

/** No webhook told it: we found it by looking at Fintoc. */
export function RecoveredBadge() {
  const t = useTranslations('kinds.origin');
  return (
    <Badge tone="info" icon={RotateCw}>
      {t('poll')}
    </Badge>
  );
}
