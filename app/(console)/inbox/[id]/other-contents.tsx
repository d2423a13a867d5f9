import { getTranslations } from 'next-intl/server';
import { seeConflictsAction } from '~/app/(console)/inbox/actions';
import { JsonBlock } from '~/app/(console)/inbox/json-block';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Offers } from '~/components/form/offers';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { type Change, differenceOf, type Value } from '~/lib/audit/diff';
import type { EventRecord } from '~/lib/inbox/read';

type OtherContentsProps = { event: EventRecord; mayAct: boolean };

/** What came under the same id and says something else, beside what stands. */
export async function OtherContents({ event, mayAct }: OtherContentsProps) {
  if (event.conflicts === 0) return null;
  const t = await getTranslations('inbox.conflicts');
  const waiting = event.contents.some(({ seenAt }) => seenAt === null);
  const uncounted = event.conflicts - event.contents.reduce((sum, { deliveries }) => sum + deliveries, 0);
  return (
    <>
      {waiting ? (
        <Alert tone="danger" title={t('waiting')} className="mb-6">
          {t('hint')}
        </Alert>
      ) : null}
      <Section
        title={t('title')}
        description={waiting ? undefined : t('hint')}
        flush
        actions={
          <Offers standing={String(waiting)} timeline={event.history}>
            {waiting && mayAct ? <See eventId={event.id} /> : null}
          </Offers>
        }
      >
        <div className="grid gap-3">
          {event.contents.map((content, index) => (
            <Content key={String(content.id)} number={index + 1} content={content} first={event.body} />
          ))}
          {uncounted > 0 ? (
            <p className="text-muted-foreground text-sm">{t('more', { count: uncounted })}</p>
          ) : null}
        </div>
      </Section>
    </>
  );
}

async function See({ eventId }: { eventId: string }) {
  const t = await getTranslations('inbox.conflicts');
  return (
    <ConfirmDialog
      act="see_conflicts"
      action={seeConflictsAction}
      hidden={{ eventId }}
      trigger={t('see')}
      title={t('seeTitle')}
      consequence={t('seeHint')}
      confirm={t('seeConfirm')}
      reason="required"
      success={t('seeDone')}
    />
  );
}

type ContentProps = {
  number: number;
  content: EventRecord['contents'][number];
  first: string | null;
};

async function Content({ number, content, first }: ContentProps) {
  const t = await getTranslations('inbox.conflicts');
  const { body, isCut } = content;
  const parsed = parse(body);
  const text = parsed === undefined ? body : JSON.stringify(parsed, null, 2);
  const changes = parsed === undefined ? [] : differenceOf(parse(first), parsed).changes;
  return (
    <Card className="grid gap-4 p-4">
      <h3 className="font-medium text-sm">{t('number', { number })}</h3>
      <DetailList
        columns={2}
        items={[
          { label: t('received'), value: <Timestamp at={content.receivedAt} format="seconds" /> },
          { label: t('last'), value: <Timestamp at={content.lastAt} format="seconds" /> },
          { label: t('deliveries'), value: <span className="tabular-nums">{content.deliveries}</span> },
          {
            label: t('verified'),
            value:
              content.verifiedBy === 'environment' ? (
                t('environment')
              ) : (
                <span className="break-all font-mono text-[0.96em]">{content.verifiedBy}</span>
              ),
          },
          ...(content.seenAt
            ? [{ label: t('seen'), value: <Timestamp at={content.seenAt} format="seconds" /> }]
            : []),
        ]}
      />
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {text ? (
        <JsonBlock label={`${t('content')} ${number}`} text={text} wrap={parsed === undefined} />
      ) : (
        <p className="text-muted-foreground text-sm">{t('hidden')}</p>
      )}
      {isCut ? (
        <p className="text-muted-foreground text-sm">{t('cut', { bytes: content.bodyBytes })}</p>
      ) : null}
    </Card>
  );
}

async function Changes({ changes }: { changes: Change[] }) {
  const t = await getTranslations('inbox.conflicts');
  const word = (value: Value) => (value === null || value === '' ? t('empty') : String(value));
  return (
    <div className="overflow-x-auto">
      <Table aria-label={t('differences')}>
        <TableHead>
          <TableRow>
            <TableHeader className="pl-0">{t('field')}</TableHeader>
            <TableHeader>{t('first')}</TableHeader>
            <TableHeader>{t('other')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(({ field, before, after }) => (
            <TableRow key={field}>
              <TableCell className="h-auto break-all py-1.5 pl-0 align-top font-mono text-[0.96em] text-muted-foreground">
                {field}
              </TableCell>
              <TableCell className="h-auto max-w-64 break-all py-1.5 align-top">{word(before)}</TableCell>
              <TableCell className="h-auto max-w-64 break-all py-1.5 align-top font-medium">
                {word(after)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function parse(body: string | null): unknown {
  if (body === null) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
