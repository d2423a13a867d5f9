import { useTranslations } from 'next-intl';
import type { DocumentSlot } from '~/lib/entities/kyb-slots';

/** A slot in the reader's words; one that Fintoc added since speaks for itself. */
export function useSlotName(): (slot: Pick<DocumentSlot, 'key' | 'person'>) => string {
  const t = useTranslations('entities');
  return ({ key, person }) => {
    const path = `slots.${key}` as Parameters<typeof t.has>[0];
    const document = t.has(path) ? t(path as 'slots.proof_of_address') : key.replaceAll('_', ' ');
    return person ? t('documents.of', { document, person }) : document;
  };
}
