import { useTranslations } from 'next-intl';
import { Field } from '~/components/form/form';
import { HolderTold } from '~/components/money/holder-told';
import { Select } from '~/components/ui/select';
import type { NameVerdict } from '~/lib/beneficiaries/names';

/** Somebody whom this customer has saved, as the form fills them in. */
export type Saved = {
  id: string;
  name: string;
  taxId: string;
  destination: string;
  bank: string | null;
  /** Never paid by this customer. */
  isFirst: boolean;
  isBlocked: boolean;
  /** What the bank said of whose account it is; null where it was never asked, or said nothing. */
  told: { holderName: string | null; score: number; verdict: NameVerdict } | null;
};

type SavedChoiceProps = {
  saved: readonly Saved[];
  chosen: Saved | null;
  onChoose: (saved: Saved | null) => void;
};

/** One of the customer's beneficiaries, in place of typing; what is filled in can be changed still. */
export function SavedChoice({ saved, chosen, onChoose }: SavedChoiceProps) {
  const t = useTranslations('withdrawals.new.saved');
  if (saved.length === 0) return null;
  return (
    <Field name="savedBeneficiary" label={t('label')} hint={chosen ? <Hint of={chosen} /> : t('hint')}>
      <Select
        placeholder={t('none')}
        value={chosen?.id ?? ''}
        onChange={({ target }) => onChoose(saved.find(({ id }) => id === target.value) ?? null)}
        options={saved.map(({ id, name, bank, destination, isBlocked }) => ({
          value: id,
          label: t('option', { name, bank: bank ?? '', end: destination.slice(-4) }),
          disabled: isBlocked,
        }))}
      />
    </Field>
  );
}

function Hint({ of: { told, isFirst } }: { of: Saved }) {
  const t = useTranslations('withdrawals.new.saved');
  return (
    <span className="grid gap-1">
      {told ? <HolderTold {...told} /> : <span>{t('notVerified')}</span>}
      {isFirst ? <span>{t('first')}</span> : null}
    </span>
  );
}
