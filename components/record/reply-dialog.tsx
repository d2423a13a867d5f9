'use client';

import { MessageSquareText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Reply } from '~/components/record/reply';
import { Button } from '~/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '~/components/ui/dialog';

type ReplyDialogProps = {
  texts: Record<'es-MX' | 'en', string>;
  /** Which payment it tells of: an amount and whose. */
  about: string;
  /** In a row of a table, whose link covers it. */
  compact?: boolean;
};

/** What to tell the customer of one payment, a press away: with its CEP, to be changed and copied. */
export function ReplyDialog({ texts, about, compact = false }: ReplyDialogProps) {
  const t = useTranslations('where.reply');
  return (
    <Dialog>
      <DialogTrigger asChild>
        {compact ? (
          <Button
            variant="ghost"
            size="icon"
            className="relative z-10 -my-1 max-sm:size-11"
            aria-label={t('of', { about })}
          >
            <MessageSquareText aria-hidden />
          </Button>
        ) : (
          <Button size="sm" aria-label={t('of', { about })}>
            <MessageSquareText aria-hidden />
            {t('short')}
          </Button>
        )}
      </DialogTrigger>
      <DialogContent title={t('of', { about })}>
        <Reply texts={texts} />
      </DialogContent>
    </Dialog>
  );
}
