'use client';

import { useTranslations } from 'next-intl';
import { useContext, useEffect, useRef } from 'react';
import { Fact } from '~/app/(console)/withdrawals/new/look';
import { FormActions, SubmitButton } from '~/components/form/form';
import { FormContext } from '~/components/form/form-context';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import type { ScheduleLook } from '~/lib/schedules/schedules';

/** What will leave on its days, once more and whole, before it is planned. Enter plans it. */
export function ScheduleLooked({ look }: { look: ScheduleLook }) {
  const t = useTranslations('schedules.look');
  const words = useTranslations('withdrawals.look');
  const every = useTranslations('schedules.every');
  const kinds = useTranslations('withdrawals.facts.destinations');
  const form = useContext(FormContext);
  const confirm = useRef<HTMLButtonElement>(null);
  const { asset, twins } = look;

  // Who came here by Enter goes on by Enter.
  useEffect(() => confirm.current?.focus(), []);

  return (
    <section aria-label={t('title')} className="grid gap-4">
      <h2 className="font-semibold text-base">{t('title')}</h2>
      {twins.length > 0 ? <Twins twins={twins} /> : null}
      <dl className="grid gap-2.5 rounded-lg border bg-muted px-3.5 py-3 text-sm">
        <Fact label={words('amount')} strong>
          <Money amount={look.amount} asset={asset} />
        </Fact>
        <Fact label={t('fee')}>
          <Money amount={look.feeAmount} asset={asset} />
        </Fact>
        {look.parts > 1 ? (
          <Fact label={words('parts')}>{words('partsCount', { count: look.parts })}</Fact>
        ) : null}
        <Fact label={words('beneficiary')}>{look.beneficiaryName ?? words('unnamed')}</Fact>
        <Fact label={kinds(look.destinationKind)}>
          <Clabe value={look.destination} copy={false} />
        </Fact>
        <Fact label={words('bank')}>{look.beneficiaryBank ?? words('unknownBank')}</Fact>
        <Fact label={t('every')}>{every(look.every)}</Fact>
        <Fact label={t('first')}>
          <Timestamp at={look.firstAt} />
        </Fact>
      </dl>
      <p className="text-muted-foreground text-sm">{t('later')}</p>
      <FormActions>
        <Button onClick={form?.edit}>{words('change')}</Button>
        <SubmitButton ref={confirm}>{t(twins.length > 0 ? 'again' : 'send')}</SubmitButton>
      </FormActions>
    </section>
  );
}

/** The same, planned already: whoever wants another one says so by sending it. */
function Twins({ twins }: Pick<ScheduleLook, 'twins'>) {
  const t = useTranslations('schedules.look');
  const every = useTranslations('schedules.every');
  return (
    <Alert tone="warning" role="alert" title={t('same', { count: twins.length })}>
      {t('sameHint')}
      <ul className="mt-1.5 grid gap-1">
        {twins.map((twin) => (
          <li key={twin.id} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            {every(twin.every)}
            {twin.nextAt ? <Timestamp at={twin.nextAt} /> : null}
            {twin.by}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
