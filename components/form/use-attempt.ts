import { unstable_rethrow } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { toast } from '~/components/ui/toast';

/**
 * Calls a server action outside of a form. Where no answer comes it says so and leaves the page as it is: a defect's
 * page would take along what is typed elsewhere on it.
 */
export function useAttempt(): [isPending: boolean, attempt: (work: () => Promise<void>) => void] {
  const t = useTranslations('form.unanswered');
  const [isPending, startTransition] = useTransition();
  const attempt = (work: () => Promise<void>) =>
    startTransition(async () => {
      try {
        await work();
      } catch (error) {
        unstable_rethrow(error);
        toast.warning(t('title'), { description: t('once') });
      }
    });
  return [isPending, attempt];
}
