'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { fillWithCompanyAction } from '~/app/(console)/settings/start/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Section } from '~/components/layout/section';
import { ProgressBar } from '~/components/record/progress-bar';

const LOOK_EVERY_MS = 1_000;
/** So long it may take, its customers being many and machines slow. */
const LATE_MS = 15 * 60_000;

type Stage = 'stopping' | 'making' | 'ending' | 'late';
/** `share`: of three months, in percent. */
type Made = { share: number; customers: number };

/** Fills an empty installation with an example company, and shows how far that is while nothing else answers. */
export function Fill() {
  const t = useTranslations('setup.company');
  const [isAsked, setAsked] = useState(false);
  return (
    <Section title={t('title')} description={t('hint')} className="max-w-3xl">
      {isAsked ? (
        <Making />
      ) : (
        <ConfirmDialog
          act="fill_with_company"
          action={fillWithCompanyAction}
          trigger={t('fill')}
          title={t('question')}
          consequence={t('consequence')}
          confirm={t('confirm')}
          onDone={() => setAsked(true)}
        />
      )}
    </Section>
  );
}

function Making() {
  const t = useTranslations('setup.company');
  const { stage, share, customers } = useMaking();
  return (
    <div className="grid max-w-xl gap-2">
      <ProgressBar label={t('progress')} value={share} most={100} />
      <p role="status" className="text-muted-foreground text-sm">
        {t(stage, { share, customers })}
      </p>
    </div>
  );
}

/** What the server of the company says in the console's place; once the console is back, its first page is opened. */
function useMaking(): Made & { stage: Stage } {
  const [made, setMade] = useState<Made & { stage: Stage }>({ stage: 'stopping', share: 0, customers: 0 });
  useEffect(() => {
    const began = Date.now();
    let wasAway = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const said = await whatAnswers();
      wasAway ||= said !== 'console';
      if (wasAway && said === 'console') return window.location.assign('/');
      if (typeof said === 'object') setMade({ stage: 'making', ...said });
      else if (Date.now() - began > LATE_MS) setMade((before) => ({ ...before, stage: 'late' }));
      else setMade((before) => ({ ...before, stage: before.share > 0 ? 'ending' : 'stopping' }));
      timer = setTimeout(look, LOOK_EVERY_MS);
    };
    void look();
    return () => clearTimeout(timer);
  }, []);
  return made;
}

/** How much of the story is told, where that is what answers. */
async function whatAnswers(): Promise<'console' | 'nobody' | Made> {
  try {
    const response = await fetch('/api/alive', { cache: 'no-store' });
    if (response.ok) return 'console';
    const { making } = (await response.json()) as { making?: Made };
    return making ?? 'nobody';
  } catch {
    return 'nobody';
  }
}
