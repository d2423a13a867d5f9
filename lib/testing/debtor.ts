import { told } from '~/lib/testing/deliveries';
import { type OpenWallet, someWallet, spendFrom } from '~/lib/testing/factories';
import { setInPesos } from '~/lib/testing/wallets';

/** Whose deposit the bank took back after it was spent: owes so many centavos. */
export async function someDebtor(debt: number, termsId?: string): Promise<OpenWallet> {
  const wallet = await someWallet();
  const { accountId, numberId, number } = wallet;
  const at = { accountId, numberId, number, amount: debt };
  const { id, data } = await told(at);
  await spendFrom(wallet, BigInt(debt));
  await told({ ...data, ...at, id, status: 'returned' });
  if (termsId) await setInPesos(wallet.id, { termsId });
  return wallet;
}
