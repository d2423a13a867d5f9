import { useTranslations } from 'next-intl';
import { changeSettlementAction } from '~/app/(console)/settings/fintoc/actions';
import { SettlementField } from '~/app/(console)/settings/fintoc/settlement-field';
import { Form, FormActions, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { Clabe } from '~/components/money/clabe';

type SettlementSectionProps = { number: string | null; waits: boolean; writer: boolean };

/** Where Fintoc's daily settlement goes: the only payout of that name that needs no explanation. */
export function SettlementSection({ number, waits, writer }: SettlementSectionProps) {
  const t = useTranslations('settings.fintoc.settlement');
  return (
    <Section title={t('title')} description={t('description')}>
      <div className="grid gap-4">
        <p className="max-w-prose text-pretty text-sm">{t('explain')}</p>
        {waits ? (
          <p>
            <WaitsBadge />
          </p>
        ) : null}
        {writer ? (
          <Form
            act="change_settlement"
            action={changeSettlementAction}
            success={t('saved')}
            className="max-w-md"
          >
            <SettlementField number={number ?? ''} />
            <FormActions>
              <SubmitButton>{t('save')}</SubmitButton>
            </FormActions>
          </Form>
        ) : number ? (
          <Clabe value={number} />
        ) : (
          <p className="text-muted-foreground text-sm">{t('none')}</p>
        )}
      </div>
    </Section>
  );
}
