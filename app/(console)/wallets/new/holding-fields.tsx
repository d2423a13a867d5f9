'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { EntityField } from '~/app/(console)/wallets/new/entity-field';
import { Field } from '~/components/form/form';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { RadioGroup } from '~/components/ui/radio-group';
import { Select } from '~/components/ui/select';
import { to } from '~/components/ui/to';
import { useAssetName } from '~/components/words/asset-words';

/** `shareable`: an account of it has many numbers, so that wallets share it. `onRails`: a rail has it at all. */
export type AssetOption = { code: string; onRails: boolean; shareable: boolean };

export type HoldingFieldsProps = {
  customer: { name: string; hasCurp: boolean };
  assets: readonly AssetOption[];
  entities: readonly { id: string; holderName: string }[];
  canCreateEntity: boolean;
  /** The asset that is chosen at first. */
  initial: string;
  pattern: string;
  onAsset: (asset: string) => void;
  /** Whose patterns can be compared; left out, nobody's. */
  customerId?: string;
};

const PATTERNS = ['A', 'B', 'C'] as const;

/** In what a wallet holds money and how that is opened. What can't be had in an asset can't be chosen. */
export function HoldingFields({ customer, assets, entities, canCreateEntity, ...props }: HoldingFieldsProps) {
  const t = useTranslations('wallets');
  const compare = useTranslations('patterns.compare');
  const nameOf = useAssetName();
  const [asset, setAsset] = useState(props.initial);
  const [chosen, setPattern] = useState(props.pattern);
  const { onRails = false, shareable = false } = assets.find(({ code }) => code === asset) ?? {};
  const pattern = chosen === 'A' && !shareable ? 'B' : chosen;
  return (
    <>
      <Field name="asset" label={t('form.asset')} required className="sm:max-w-64">
        <Select
          defaultValue={asset}
          onChange={(event) => {
            setAsset(event.target.value);
            props.onAsset(event.target.value);
          }}
          options={assets.map(({ code }) => ({ value: code, label: nameOf(code) }))}
        />
      </Field>
      {onRails ? (
        <Field name="pattern" label={t('form.pattern')} hint={t('form.patternHint')} required group>
          <RadioGroup
            // Another asset may take the chosen pattern away: the group then starts again from what is left.
            key={String(shareable)}
            defaultValue={pattern}
            onValueChange={setPattern}
            options={PATTERNS.map((value) => ({
              value,
              label: `${value} · ${t(`patterns.${value}.title`)}`,
              description:
                value === 'A' && !shareable ? t('form.onlyInMexico') : t(`patterns.${value}.description`),
              disabled: value === 'A' && !shareable,
            }))}
          />
        </Field>
      ) : (
        <Alert tone="neutral">{t('form.booksOnly', { asset })}</Alert>
      )}
      {onRails && props.customerId ? (
        <Link
          href={to(`/wallets/patterns?customer=${props.customerId}&asset=${asset}`)}
          className="-mt-3 justify-self-start rounded-sm text-link text-sm hover:underline"
        >
          {compare('link')}
        </Link>
      ) : null}
      {onRails && pattern === 'C' ? (
        <EntityField customer={customer} entities={entities} canCreate={canCreateEntity} />
      ) : null}
    </>
  );
}
