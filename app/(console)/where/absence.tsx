import { ExternalLink } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { AskFintoc } from '~/app/(console)/where/ask-fintoc';
import { repliesToAbsence } from '~/app/messages/reply-words';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Clabe } from '~/components/money/clabe';
import { Reply } from '~/components/record/reply';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { getWalletName } from '~/components/words/get-wallet-name';
import { can, type Role } from '~/lib/roles';
import type { Absent } from '~/lib/whereabouts/find';
import type { Sought } from '~/lib/whereabouts/receipt';

/** Banxico's own page, where a payment's CEP can be asked for. */
const CEP = 'https://www.banxico.org.mx/cep/';

type AbsenceProps = { absent: Absent; sought: Sought; role: Role; hasNear: boolean };

/** A payment that isn't here: why, as far as that is known, how far was looked, and what to answer. */
export async function Absence({ absent, sought, role, hasNear }: AbsenceProps) {
  const t = await getTranslations('where.absent');
  const { absence, proof } = absent;
  const isCalm = absence === 'too_soon' || absence === 'not_read_yet' || hasNear;
  return (
    <Card className="grid gap-4 p-4 sm:p-5">
      <Alert
        tone={isCalm ? 'info' : 'warning'}
        title={t(hasNear ? 'near' : `title.${absence}`)}
        action={can(role, 'proof:recover') ? <AskFintoc accountId={proof?.id} /> : null}
      >
        {hasNear ? null : t(`text.${absence}`)}
      </Alert>
      <div className="grid gap-6 lg:grid-cols-2">
        <DetailList items={await factsOf(absent)} />
        <div className="grid content-start gap-5">
          {hasNear ? null : <Reply texts={await repliesToAbsence(absent, sought)} />}
          <a
            href={CEP}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 text-link text-sm hover:underline"
          >
            {t('cep')}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
        </div>
      </div>
    </Card>
  );
}

async function factsOf({ number, readUntil, stuck, proof }: Absent): Promise<Detail[]> {
  const [t, nameOf] = await Promise.all([getTranslations('where.absent'), getWalletName()]);
  const wallet = number?.wallet;
  const facts: (Detail | null | undefined | false | '')[] = [
    number && {
      label: t('number'),
      value: (
        <span className="flex flex-wrap items-center gap-2">
          <Clabe value={number.number} />
          <StatusBadge kind="accountNumber" status={number.status} />
        </span>
      ),
    },
    number && {
      label: t('wallet'),
      value: wallet ? (
        <span className="flex flex-wrap items-center gap-2">
          <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
            {nameOf(wallet)}
          </Link>
          <StatusBadge kind="wallet" status={wallet.status} />
        </span>
      ) : (
        t('none')
      ),
    },
    { label: t('readUntil'), value: readUntil ? <Timestamp at={readUntil} format="seconds" /> : t('never') },
    stuck > 0 && {
      label: t('stuck'),
      value: (
        <Link href="/inbox/dead" className="text-link hover:underline">
          {t('stuckCount', { count: stuck })}
        </Link>
      ),
    },
    proof && {
      label: t('proof'),
      value: (
        <Link href={`/proof/accounts/${encodeURIComponent(proof.id)}`} className="hover:underline">
          <StatusBadge kind="proof" status={proof.light} />
        </Link>
      ),
    },
    proof?.readAt && { label: t('readAt'), value: <Timestamp at={proof.readAt} format="seconds" /> },
    proof?.provenMovementId && {
      label: t('provenUntil'),
      value: <span className="font-mono text-[0.96em] wrap-anywhere">{proof.provenMovementId}</span>,
    },
  ];
  return facts.filter((fact): fact is Detail => Boolean(fact));
}
