import { FlaskConical } from 'lucide-react';
import Form from 'next/form';
import { useTranslations } from 'next-intl';
import { Button } from '~/components/ui/button';

/** The boxes of the table belong to this form. */
export const SELECTION = 'selected-events';

/** Rises once a box is ticked, over the page so that nothing moves, and takes the ticked ones to a dry run. */
export function SelectionBar() {
  const t = useTranslations('webhooks.rehearse');
  return (
    <Form
      id={SELECTION}
      action="/webhooks/replay"
      aria-label={t('selected')}
      className="fixed inset-x-0 bottom-6 z-30 mx-auto hidden w-fit items-center gap-3 rounded-lg bg-popover py-2 pr-2 pl-4 text-sm shadow-floating group-has-[input[name=id]:checked]/inbox:flex"
    >
      <span className="text-muted-foreground max-sm:hidden">{t('selectedHint')}</span>
      <Button type="submit" variant="primary">
        <FlaskConical aria-hidden />
        {t('selected')}
      </Button>
    </Form>
  );
}
