import { useTranslations } from 'next-intl';
import { isAsset } from '~/lib/money';

/** `MXN · peso mexicano`: an asset's code with what it is called; a code that nobody knows as it is. */
export function useAssetName(): (code: string) => string {
  const t = useTranslations('kinds.asset');
  return (code) => (isAsset(code) ? `${code} · ${t(code)}` : code);
}
