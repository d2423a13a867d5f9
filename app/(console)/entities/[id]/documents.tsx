import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DocumentUpload } from '~/app/(console)/entities/[id]/document-upload';
import { Badge } from '~/components/ui/badge';
import type { DocumentSlot } from '~/lib/kyb';

const STATES = {
  missing: { tone: 'warning', icon: CircleDashed },
  received: { tone: 'success', icon: CircleCheck },
  refused: { tone: 'danger', icon: CircleAlert },
} as const;

type DocumentsProps = {
  onboardingId: string;
  slots: readonly DocumentSlot[];
  writable: boolean;
  /** Files are named after people, and after their tax ids. */
  seen: boolean;
};

/** Every document that Fintoc asks for, whether it is there, and where to hand it in. */
export function Documents({ onboardingId, slots, writable, seen }: DocumentsProps) {
  const t = useTranslations('entities.documents');
  const nameOf = useSlotName();
  const received = slots.filter(({ state }) => state === 'received').length;
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium text-sm">{t('title')}</h3>
        {slots.length > 0 ? (
          <span className="text-muted-foreground text-sm">
            {t('progress', { received, total: slots.length })}
          </span>
        ) : null}
      </div>
      <p className="text-muted-foreground text-sm">{slots.length === 0 ? t('none') : t('hint')}</p>
      <ul className="mt-2 grid">
        {slots.map((slot) => (
          <li
            key={JSON.stringify(slot.target)}
            className="grid gap-x-6 gap-y-2 border-t py-3 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-center"
          >
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
              <span className="font-medium">{nameOf(slot)}</span>
              <Badge {...STATES[slot.state]}>{t(slot.state)}</Badge>
              {slot.fileName && seen ? (
                <span className="truncate text-muted-foreground">{slot.fileName}</span>
              ) : null}
            </span>
            {writable ? (
              <DocumentUpload
                hidden={{ onboardingId, ...slot.target }}
                name={nameOf(slot)}
                again={slot.state !== 'missing'}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A slot in the reader's words; one that Fintoc added since speaks for itself. */
function useSlotName(): (slot: DocumentSlot) => string {
  const t = useTranslations('entities');
  return ({ key, person }) => {
    const path = `slots.${key}` as Parameters<typeof t.has>[0];
    const plain = key.replaceAll('_', ' ');
    const document = t.has(path) ? t(path as 'slots.proof_of_address') : plain;
    return person ? t('documents.of', { document, person }) : document;
  };
}
