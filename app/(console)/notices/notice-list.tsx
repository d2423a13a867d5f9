import {
  BadgeAlert,
  Building2,
  Check,
  ClipboardCheck,
  FileText,
  Gauge,
  Landmark,
  type LucideIcon,
  MailWarning,
  MailX,
  OctagonX,
  TrendingDown,
} from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { readNoticeAction } from '~/app/(console)/notices/actions';
import { NoticeLink } from '~/app/(console)/notices/notice-link';
import { Form, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import type { NoticeKind } from '~/lib/notices/kinds';
import type { NoticeRow } from '~/lib/notices/read';

const LOOKS: Record<NoticeKind, { icon: LucideIcon; tone: string }> = {
  proof_broken: { icon: BadgeAlert, tone: 'bg-danger-soft text-danger' },
  payouts_stopped: { icon: OctagonX, tone: 'bg-danger-soft text-danger' },
  approval_waiting: { icon: ClipboardCheck, tone: 'bg-info-soft text-info' },
  cash_short: { icon: Landmark, tone: 'bg-warning-soft text-warning' },
  withdrawals_failing: { icon: TrendingDown, tone: 'bg-warning-soft text-warning' },
  dead_letters: { icon: MailWarning, tone: 'bg-warning-soft text-warning' },
  kyb_decided: { icon: Building2, tone: 'bg-neutral-soft text-neutral' },
  limit_used: { icon: Gauge, tone: 'bg-neutral-soft text-neutral' },
  statement_ready: { icon: FileText, tone: 'bg-neutral-soft text-neutral' },
  statements_ended: { icon: MailX, tone: 'bg-neutral-soft text-neutral' },
};

/** Notices by day, the newest first. */
export function NoticeList({ notices }: { notices: readonly NoticeRow[] }) {
  const dayOf = useDayWord();
  const days = new Map<string, NoticeRow[]>();
  for (const notice of notices) {
    const day = dayOf(notice.occurredAt);
    days.set(day, [...(days.get(day) ?? []), notice]);
  }
  return [...days].map(([day, rows]) => (
    <Section key={day} title={day} flush className="mb-6">
      <Card>
        <ul className="divide-y">
          {rows.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ul>
      </Card>
    </Section>
  ));
}

/** A day of the reader's zone: today, yesterday, or its date. */
function useDayWord(): (at: Date) => string {
  const t = useTranslations('notices');
  const formatter = useFormatter();
  const now = useNow();
  const dateOf = (at: Date) => formatter.dateTime(at, { weekday: 'long', day: 'numeric', month: 'long' });
  const today = dateOf(now);
  const yesterday = dateOf(new Date(now.getTime() - 86_400_000));
  return (at) => {
    const date = dateOf(at);
    if (date === today) return t('today');
    return date === yesterday ? t('yesterday') : date.charAt(0).toUpperCase() + date.slice(1);
  };
}

function NoticeLine({ notice }: { notice: NoticeRow }) {
  const t = useTranslations('notices');
  const formatter = useFormatter();
  const now = useNow();
  const words = useNoticeWords();
  const { id, kind, path, about, occurredAt, readAt } = notice;
  const { icon: Icon, tone } = LOOKS[kind];
  const isUnread = readAt === null;
  return (
    <li className="relative flex items-start gap-3 px-3 py-3 transition-colors hover:bg-accent/50 sm:px-4">
      <span className={cn('mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md', tone)}>
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className={cn('text-pretty', isUnread ? 'font-medium' : 'text-muted-foreground')}>
          {isUnread ? (
            <span className="mr-2 inline-block size-2 rounded-full bg-link align-middle">
              <span className="sr-only">{t('unread')}: </span>
            </span>
          ) : null}
          <NoticeLink id={String(id)} path={path} isUnread={isUnread}>
            {words(notice)}
          </NoticeLink>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
          {about === null ? null : <span className="min-w-0 break-words">{about} ·</span>}
          <span>{formatter.relativeTime(occurredAt, now)} ·</span>
          <Timestamp at={occurredAt} format="clock" />
        </p>
      </div>
      {isUnread ? <MarkRead id={String(id)} /> : null}
    </li>
  );
}

/** Above the line's own link. */
function MarkRead({ id }: { id: string }) {
  const t = useTranslations('notices');
  return (
    <Form
      act="read_notice"
      action={readNoticeAction}
      hidden={{ noticeId: id }}
      className="relative z-10 shrink-0"
    >
      <SubmitButton
        variant="ghost"
        size="icon"
        aria-label={t('read')}
        title={t('read')}
        className="max-sm:size-11"
      >
        <Check aria-hidden />
      </SubmitButton>
    </Form>
  );
}

/** What a notice says. */
function useNoticeWords(): (notice: Pick<NoticeRow, 'kind' | 'detail' | 'count'>) => string {
  const t = useTranslations('notices.lines');
  const kinds = useTranslations('approvals.kinds');
  return ({ kind, detail, count }) => {
    const key = (detail ?? '').replace('.', '_') as Parameters<typeof kinds>[0];
    const what = kind === 'approval_waiting' && kinds.has(key) ? kinds(key) : (detail ?? '');
    return t(kind, { detail: detail ?? '', count: count ?? 1, what });
  };
}
