'use client';

import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { Textarea } from '~/components/ui/textarea';

/** What an endpoint is told where: the same for a new one and one that stands. */
export function EndpointFields({
  name,
  url,
  patterns,
}: {
  name?: string;
  url?: string;
  patterns?: string[];
}) {
  const t = useTranslations('webhooks.fields');
  return (
    <>
      <Field name="name" label={t('name')} hint={t('nameHint')} required className="max-w-md">
        <Input autoComplete="off" maxLength={80} defaultValue={name} />
      </Field>
      <Field name="url" label={t('url')} hint={t('urlHint')} required>
        <Input type="url" autoComplete="off" maxLength={2_000} defaultValue={url} />
      </Field>
      <Field name="patterns" label={t('patterns')} hint={t('patternsHint')} required>
        <Textarea
          rows={3}
          maxLength={5_000}
          className="font-mono"
          spellCheck={false}
          defaultValue={patterns?.join('\n') ?? '*'}
        />
      </Field>
    </>
  );
}

/** What of the API it may see: it is told of what a key with these could read. */
export function EndpointScopes({ all, chosen }: { all: readonly string[]; chosen: readonly string[] }) {
  const t = useTranslations('webhooks.fields');
  return (
    <Field name="scopes" label={t('scopes')} hint={t('scopesHint')} group required>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {all.map((scope) => (
          <Field key={scope} name={scope} label={scope} inline>
            <Checkbox defaultChecked={chosen.includes(scope)} />
          </Field>
        ))}
      </div>
    </Field>
  );
}
