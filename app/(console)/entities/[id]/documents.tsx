import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSlotName } from '~/app/(console)/entities/[id]/slot-name';
import { Badge } from '~/components/ui/badge';
import { type DocumentSlot, slotId } from '~/lib/entities/kyb-slots';

const STATES = {
  missing: { tone: 'warning', icon: CircleDashed },
  received: { tone: 'success', icon: CircleCheck },
  refused: { tone: 'danger', icon: CircleAlert },
} as const;

type DocumentsProps = {
  slots: readonly DocumentSlot[];
  /** Files are named after people, and after their tax ids. */
  seen: boolean;
  /** What stands beside a slot. */
  beside?: (slot: DocumentSlot) => ReactNode;
};

/** Every document that Fintoc asks for, and whether it is there. */
export function Documents({ slots, seen, beside }: DocumentsProps) {
  const t = useTranslations('entities.documents');
  const nameOf = useSlotName();
  const received = slots.filter(({ state }) => state === 'received').length;
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium text-sm">{t('title')}</h3>
        {slots.length > 0 ? (
          <span className="text-muted-foreground text-sm tabular-nums">
            {t('progress', { received, total: slots.length })}
          </span>
        ) : null}
      </div>
      {slots.length === 0 ? <p className="text-muted-foreground text-sm">{t('none')}</p> : null}
      <ul className="mt-2 grid">
        {slots.map((slot) => (
          <li
            key={slotId(slot)}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t py-2.5"
          >
            <span className="min-w-0 text-sm">
              <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium">{nameOf(slot)}</span>
                <Badge {...STATES[slot.state]}>{t(slot.state)}</Badge>
                {slot.fileName && seen ? (
                  <span className="truncate text-muted-foreground">{slot.fileName}</span>
                ) : null}
              </span>
              {slot.reason && seen ? (
                <span className="mt-0.5 block font-medium text-danger">{slot.reason}</span>
              ) : null}
            </span>
            {beside?.(slot)}
          </li>
        ))}
      </ul>
    </div>
  );
}
