import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Touched } from '~/app/(console)/settings/terms/[id]/assign/touched';
import { assignTermsAction } from '~/app/(console)/settings/terms/actions';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Way } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { textParam } from '~/components/list/search-params';
import { Button } from '~/components/ui/button';
import { Label } from '~/components/ui/label';
import { Link } from '~/components/ui/link';
import { Select } from '~/components/ui/select';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { orNotFound, requireOperator } from '~/lib/session';
import { previewAssignment } from '~/lib/terms/assign';
import { getTerms, listVersionsIn } from '~/lib/terms/terms';
import { isUuid } from '~/lib/uuid';
import { getWallet } from '~/lib/wallets/wallets';

/** Once for title and page. */
const seen = cache((id: string) => orNotFound(getTerms(id)));

export async function generateMetadata({ params }: PageProps<'/settings/terms/[id]/assign'>) {
  await requireOperator('settings:write');
  const t = await getTranslations('settings.terms');
  const { name, version } = await seen((await params).id);
  return { title: t('assignTitle', { name, version }) };
}

export default async function AssignTermsPage({
  params,
  searchParams,
}: PageProps<'/settings/terms/[id]/assign'>) {
  const operator = await requireOperator('settings:write');
  const { id: opened } = await params;
  const address = await searchParams;
  const version = textParam(address, 'version');
  const terms = await seen(version && isUuid(version) ? version : opened);
  const from = textParam(address, 'from');
  const walletId = textParam(address, 'wallet');
  const wallet = walletId ? await orNotFound(getWallet(operator, walletId)) : null;
  const [t, common, choices, name] = await Promise.all([
    getTranslations('settings.terms'),
    getTranslations('common'),
    listVersionsIn(terms.asset),
    getWalletName(),
  ]);
  const options = choices.map((each) => ({
    value: each.id,
    label: `${each.name} · ${t('version', { version: each.version })} · ${t('underIt', { count: each._count.wallets })}`,
  }));
  const offered = wallet ? options : options.filter(({ value }) => value !== terms.id);
  const chosen = {
    fromId: !wallet && from && isUuid(from) ? from : null,
    walletIds: wallet ? [wallet.id] : [],
  };
  const isChosen = chosen.fromId !== null || (wallet !== null && version !== undefined);
  const preview = isChosen ? await previewAssignment(terms.id, chosen) : null;
  const who: Record<string, string> = wallet ? { walletId: wallet.id } : { fromId: chosen.fromId ?? '' };
  return (
    <>
      <Way
        breadcrumbs={[
          { label: t('title'), href: '/settings/terms' },
          { label: terms.name, href: to(`/settings/terms/${terms.id}`) },
        ]}
        here={t('assign')}
      />
      <Section
        title={
          wallet
            ? t('assignWallet', { name: name(wallet) })
            : t('assignTitle', { name: terms.name, version: terms.version })
        }
        description={t('assignHint')}
        className="max-w-3xl"
      >
        {offered.length > 0 ? (
          <form method="get" className="flex flex-wrap items-end gap-3">
            {wallet ? <input type="hidden" name="wallet" value={wallet.id} /> : null}
            <div className="min-w-0 flex-1 basis-72">
              <Label htmlFor="chosen">{wallet ? t('assignTo') : t('assignFrom')}</Label>
              <Select
                id="chosen"
                name={wallet ? 'version' : 'from'}
                defaultValue={wallet ? (version ?? '') : (from ?? '')}
                placeholder={t('assignChoose')}
                options={offered}
              />
            </div>
            <Button type="submit">{t('assignPreview')}</Button>
          </form>
        ) : (
          <NoOthers asset={terms.asset} />
        )}
        {preview ? (
          <Form
            act="assign_terms"
            action={assignTermsAction}
            hidden={{ termsId: terms.id, ...who }}
            success={t('assignAsked')}
            key={`${terms.id} ${chosen.fromId ?? ''}`}
          >
            <Touched preview={preview} />
            <FormActions>
              <Button asChild>
                <Link href={`/settings/terms/${terms.id}`}>{common('cancel')}</Link>
              </Button>
              <SubmitButton disabled={preview.wallets === 0}>{t('assignAsk')}</SubmitButton>
            </FormActions>
          </Form>
        ) : null}
      </Section>
    </>
  );
}

/** Wallets are given from other terms: where there are none, that is said, and where they are made. */
function NoOthers({ asset }: { asset: string }) {
  const t = useTranslations('settings.terms');
  return (
    <p className="text-muted-foreground text-sm">
      {t.rich('assignNone', {
        asset,
        page: (chunks) => (
          <Link href="/settings/terms/new" className="rounded-sm text-link underline underline-offset-2">
            {chunks}
          </Link>
        ),
      })}
    </p>
  );
}
