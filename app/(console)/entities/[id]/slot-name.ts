import { useTranslations } from 'next-intl';
import type { DocumentSlot } from '~/lib/entities/kyb-slots';

/** A slot in the reader's words; one that Fintoc added since speaks for itself. */
export function useSlotName(): (slot: Pick<DocumentSlot, 'key' | 'person'>) => string {
  const slots = useTranslations('entities.slots');
  const documents = useTranslations('entities.documents');
  return ({ key, person }) => {
    const path = key as Parameters<typeof slots.has>[0];
    const document = slots.has(path) ? slots(path) : key.replaceAll('_', ' ');
    return person ? documents('of', { document, person }) : document;
  };
}
