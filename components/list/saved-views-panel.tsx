'use client';

import { useQuery } from '@tanstack/react-query';
import { Trash2, Users } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTimeZone, useTranslations } from 'next-intl';
import { useContext } from 'react';
import { Field, Form, SubmitButton } from '~/components/form/form';
import { dayOf } from '~/components/list/search-params';
import { ViewActionsContext } from '~/components/list/view-actions-context';
import { viewAddress, viewQuery } from '~/components/list/view-query';
import { useGo } from '~/components/live/go';
import { queries } from '~/components/live/queries';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import type { ListedView } from '~/lib/people/saved-views';

type Answer = { views: ListedView[]; shares: boolean };

const keyOf = (path: string) => ['views', path];

/** The views of a list, their own and those of colleagues; and what is filtered now, to be kept as another one. */
export function Views({ filtered, onOpened }: { filtered: boolean; onOpened: () => void }) {
  const t = useTranslations('common.views');
  const path = usePathname();
  const { data, isError } = useQuery(
    {
      queryKey: keyOf(path),
      queryFn: async ({ signal }) => {
        const answer = await fetch(`/api/views?path=${encodeURIComponent(path)}`, { signal });
        if (!answer.ok) throw new Error(String(answer.status));
        return (await answer.json()) as Answer;
      },
    },
    queries,
  );
  if (isError)
    return (
      <p role="alert" className="text-danger text-sm">
        {t('failed')}
      </p>
    );
  if (!data)
    return <div aria-busy className="h-8 animate-pulse rounded-md bg-muted motion-reduce:animate-none" />;
  return (
    <>
      {data.views.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t('none')}</p>
      ) : (
        <ul aria-label={t('button')} className="-mx-1.5 max-h-72 overflow-y-auto">
          {data.views.map((view) => (
            <ViewRow key={view.id} view={view} path={path} onOpened={onOpened} />
          ))}
        </ul>
      )}
      {filtered ? (
        <SaveView shares={data.shares} />
      ) : (
        <p className="text-muted-foreground text-xs">{t('hint')}</p>
      )}
    </>
  );
}

function ViewRow({ view, path, onOpened }: { view: ListedView; path: string; onOpened: () => void }) {
  const t = useTranslations('common.views');
  const zone = useTimeZone() ?? 'UTC';
  const { go } = useGo();
  const actions = useContext(ViewActionsContext);
  const { id, name, query, shared, by, forgettable } = view;
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={() => {
          onOpened();
          void go(viewAddress(path, query, dayOf(new Date(), zone)), { scroll: false });
        }}
        className="grid min-h-9 min-w-0 flex-1 content-center rounded-md px-2 py-1 text-left text-sm leading-tight hover:bg-accent max-sm:min-h-11"
      >
        <span className="truncate font-medium">{name}</span>
        {shared ? (
          <span className="flex items-center gap-1 truncate text-muted-foreground text-xs">
            <Users aria-hidden className="size-3 shrink-0" />
            {by === null ? t('shared') : t('by', { name: by })}
          </span>
        ) : null}
      </button>
      {forgettable && actions ? (
        <Form
          act="forget_view"
          action={actions.forget}
          hidden={{ viewId: id }}
          onSuccess={() => void queries.invalidateQueries({ queryKey: keyOf(path) })}
        >
          <SubmitButton variant="ghost" size="icon" aria-label={t('forget', { name })}>
            <Trash2 aria-hidden />
          </SubmitButton>
        </Form>
      ) : null}
    </li>
  );
}

function SaveView({ shares }: { shares: boolean }) {
  const t = useTranslations('common.views');
  const actions = useContext(ViewActionsContext);
  const path = usePathname();
  const zone = useTimeZone() ?? 'UTC';
  const query = viewQuery(useSearchParams(), dayOf(new Date(), zone));
  if (!actions) return null;
  return (
    <Form
      act="save_view"
      action={actions.save}
      hidden={{ path, query }}
      success={t('saved')}
      onSuccess={() => void queries.invalidateQueries({ queryKey: keyOf(path) })}
      className="grid gap-3 border-t pt-3"
    >
      <Field name="name" label={t('name')} required>
        <Input autoComplete="off" maxLength={60} />
      </Field>
      {shares ? (
        // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control.
        <label className="flex items-center gap-2 text-sm">
          <Checkbox name="shared" />
          {t('share')}
        </label>
      ) : null}
      <SubmitButton>{t('save')}</SubmitButton>
    </Form>
  );
}
