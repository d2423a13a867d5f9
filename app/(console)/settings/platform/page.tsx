import { getTranslations } from 'next-intl/server';
import { changePlatformAction } from '~/app/(console)/settings/platform/actions';
import { Field, Form, FormActions, SubmitButton } from '~/components/form/form';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Checkbox } from '~/components/ui/checkbox';
import { Input } from '~/components/ui/input';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { getSetting } from '~/lib/settings';

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('platform.title') };
}

/** What the platform is called on its customers' statements, and its mark. */
export default async function PlatformPage() {
  const operator = await requireOperator('settings:read');
  const [t, { name, logo }] = await Promise.all([
    getTranslations('statements.platform'),
    getSetting('platform'),
  ]);
  const mark = logo ? (
    // biome-ignore lint/performance/noImgElement: it is drawn here already, in the one size that there is.
    <img
      src={`/api/logo/${logo}`}
      alt={t('current', { name })}
      className="max-h-16 max-w-60 rounded-md border border-border bg-white object-contain p-2"
    />
  ) : (
    <p className="text-muted-foreground text-sm">{t('none')}</p>
  );
  return (
    <Section title={t('title')} description={t('description')} className="max-w-xl">
      {can(operator.role, 'settings:write') ? (
        <Form act="change_platform" action={changePlatformAction} success={t('saved')}>
          <Field name="name" label={t('name')} required>
            <Input defaultValue={name} maxLength={80} />
          </Field>
          {mark}
          <Field name="logo" label={t('logo')} hint={t('logoHint')}>
            <Input type="file" accept="image/png,image/svg+xml" className="py-1.5" />
          </Field>
          {logo ? (
            <Field name="remove" label={t('remove')} inline>
              <Checkbox />
            </Field>
          ) : null}
          <FormActions>
            <SubmitButton>{t('save')}</SubmitButton>
          </FormActions>
        </Form>
      ) : (
        <DetailList
          items={[
            { label: t('name'), value: name },
            { label: t('logo'), value: mark },
          ]}
        />
      )}
    </Section>
  );
}
