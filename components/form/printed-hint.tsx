'use client';

import { useTranslations } from 'next-intl';
import { speiText } from '~/lib/spei';
import { lineOf } from '~/lib/text';

/** What the bank will print of a name or concept, where that isn't what is typed. */
export function PrintedHint({ typed }: { typed: string }) {
  const t = useTranslations('withdrawals.new');
  const text = lineOf(typed);
  const printed = speiText(text);
  return (
    <span role="status" className="block empty:hidden">
      {printed === text ? null : printed === '' ? t('printedNothing') : t('printed', { text: printed })}
    </span>
  );
}
