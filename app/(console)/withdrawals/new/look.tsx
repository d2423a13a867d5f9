'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { FormActions, SubmitButton } from '~/components/form/form';
import { FormContext } from '~/components/form/form-context';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import type { Twin, WithdrawalLook } from '~/lib/withdrawals/plan';

/** What will leave, once more and whole, before it leaves. Enter sends it. */
export function Look({ look }: { look: WithdrawalLook }) {
  const t = useTranslations('withdrawals.look');
  const kinds = useTranslations('withdrawals.facts.destinations');
  const form = useContext(FormContext);
  const confirm = useRef<HTMLButtonElement>(null);
  const { twins, asset } = look;
  const money = (amount: bigint) => <Money amount={amount} asset={asset} />;

  // Who came here by Enter goes on by Enter.
  useEffect(() => confirm.current?.focus(), []);

  return (
    <section aria-label={t('title')} className="grid gap-4">
      <h2 className="font-semibold text-base">{t('title')}</h2>
      {twins.length > 0 ? <Twins twins={twins} isTef={look.destinationKind === 'tef'} /> : null}
      <dl className="grid gap-2.5 rounded-lg border bg-muted px-3.5 py-3 text-sm">
        <Fact label={t('amount')} strong>
          {money(look.amount)}
        </Fact>
        <Fact label={t('fee')}>{money(look.feeAmount)}</Fact>
        {look.parts > 1 ? <Fact label={t('parts')}>{t('partsCount', { count: look.parts })}</Fact> : null}
        <Fact label={t('beneficiary')}>{look.beneficiaryName ?? t('unnamed')}</Fact>
        <Fact label={kinds(look.destinationKind)}>
          <Clabe value={look.destination} copy={false} />
        </Fact>
        <Fact label={t('bank')}>{look.beneficiaryBank ?? t('unknownBank')}</Fact>
        <Fact label={t('left')}>{money(look.left)}</Fact>
      </dl>
      <p className="text-muted-foreground text-sm">{t(look.needsApproval ? 'waits' : 'leaves')}</p>
      <FormActions>
        <Button onClick={form?.edit}>{t('change')}</Button>
        <SubmitButton ref={confirm}>{t(twins.length > 0 ? 'again' : 'send')}</SubmitButton>
      </FormActions>
    </section>
  );
}

/** One line of a look. */
export function Fact({
  label,
  strong = false,
  children,
}: {
  label: string;
  strong?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className={cn('min-w-0 break-words text-right', strong && 'font-semibold')}>{children}</dd>
    </div>
  );
}

/** The same payment, asked for before: whoever wants another one says so by sending it. */
function Twins({ twins, isTef }: { twins: readonly Twin[]; isTef: boolean }) {
  const t = useTranslations('withdrawals.look');
  return (
    <Alert tone="warning" role="alert" title={t('same', { count: twins.length })}>
      {t('sameHint')} {isTef ? t('sameDay') : null}
      <ul className="mt-1.5 grid gap-1">
        {twins.map(({ id, createdAt, status, by }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Link
              href={`/withdrawals/${id}`}
              target="_blank"
              className="rounded-sm font-medium text-link hover:underline"
            >
              <Timestamp at={createdAt} format="seconds" />
            </Link>
            <StatusBadge kind="withdrawal" status={status} />
            {by}
          </li>
        ))}
      </ul>
      <input type="hidden" name="acceptedTwin" value={twins[0]?.id ?? ''} />
    </Alert>
  );
}
