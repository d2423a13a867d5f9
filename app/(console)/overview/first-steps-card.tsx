import { Circle, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Section } from '~/components/layout/section';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { fintocMode } from '~/lib/env';
import type { FirstSteps } from '~/lib/overview/overview';
import { can, type Role } from '~/lib/roles';

/** 590.13, in centavos: an amount that nobody mistakes for another in a bank statement. */
const FIRST_DEPOSIT = 59_013n;

type FirstStepsCardProps = { steps: FirstSteps; role: Role };

/** What to do on the first day: put money in, open a wallet. Gone once both are done. */
export function FirstStepsCard({ steps: { root, deposited, walletOpen }, role }: FirstStepsCardProps) {
  const t = useTranslations('overview.first');
  const asset = root?.asset ?? 'MXN';
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        can(role, 'settings:read') ? (
          <Button asChild size="sm">
            <Link href="/settings/start">{t('all')}</Link>
          </Button>
        ) : null
      }
    >
      <ol className="grid gap-4">
        <Step done={root !== null} title={t('connect.title')}>
          {root ? null : t('connect.hint')}
        </Step>
        <Step done={deposited} title={t('deposit.title')}>
          {deposited ? null : (
            <>
              <p>
                {t.rich('deposit.hint', {
                  amount: () => <Money amount={FIRST_DEPOSIT} asset={asset} className="font-medium" />,
                })}
              </p>
              {root ? (
                <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
                  <Clabe value={root.number} className="text-foreground text-lg" />
                  {fintocMode() === 'test' && can(role, 'deposits:simulate') ? (
                    <Button asChild size="sm">
                      <Link href={`/account-numbers/${root.id}`}>{t('deposit.simulate')}</Link>
                    </Button>
                  ) : null}
                </p>
              ) : null}
            </>
          )}
        </Step>
        <Step done={walletOpen} title={t('wallet.title')}>
          {walletOpen ? null : (
            <>
              <p>{t('wallet.hint')}</p>
              {can(role, 'wallets:provision') ? (
                <Button asChild size="sm" variant="primary" className="mt-2">
                  <Link href="/wallets/new">{t('wallet.open')}</Link>
                </Button>
              ) : null}
            </>
          )}
        </Step>
      </ol>
    </Section>
  );
}

function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  const t = useTranslations('overview.first');
  const Icon = done ? CircleCheck : Circle;
  return (
    <li className="flex gap-3">
      <Icon
        aria-hidden
        className={`mt-0.5 size-5 shrink-0 ${done ? 'text-success' : 'text-muted-foreground'}`}
      />
      <div className="min-w-0 text-sm">
        <p className={done ? 'text-muted-foreground' : 'font-medium text-base'}>
          {title}
          {done ? <span className="sr-only"> ({t('done')})</span> : null}
        </p>
        {children ? <div className="mt-0.5 text-muted-foreground">{children}</div> : null}
      </div>
    </li>
  );
}
