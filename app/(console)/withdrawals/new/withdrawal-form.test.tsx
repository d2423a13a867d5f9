import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { NextIntlClientProvider } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WithdrawalForm } from '~/app/(console)/withdrawals/new/withdrawal-form';
import common from '~/app/messages/en/common.json';
import form from '~/app/messages/en/form.json';
import kinds from '~/app/messages/en/kinds.json';
import withdrawals from '~/app/messages/en/withdrawals.json';
import { addRail } from '~/lib/rails/registry';
import { NO_FEE } from '~/lib/terms/fees';
import { DUMMY_ASSET, DummyRail } from '~/lib/testing/dummy-rail';
import { isPaidOut, payingFacts } from '~/lib/withdrawals/paying';

// What a rail is so comes from the configuration, which names a database; nobody asks it anything here.
process.env.DATABASE_URL ??= 'postgres://nobody@127.0.0.1:9/nothing';

const dummy = new DummyRail();
let takeAway: () => void;
beforeAll(() => {
  takeAway = addRail(dummy.rail);
});
afterAll(() => takeAway());

const ROUTER = {
  push: none,
  replace: none,
  refresh: none,
  prefetch: none,
  back: none,
  forward: none,
  bfcacheId: '',
};
function none(): void {}

/** The words of the form of a wallet that is paid from this account, with this name and concept typed. */
function formOf({ accountId, asset }: { accountId: string; asset: string }): string {
  const wallet = { id: 'w', name: 'Monedero', customer: 'Ana', asset, available: 500n, number: null };
  const typed = { id: 'before', amount: '', destination: '', beneficiaryTaxId: '', referenceId: '' };
  const html = renderToStaticMarkup(
    <AppRouterContext.Provider value={ROUTER}>
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ withdrawals, form, common, kinds }}>
        <WithdrawalForm
          wallet={{ ...wallet, ...payingFacts({ accountId, asset }) }}
          terms={{ fee: NO_FEE, min: null, max: null, limits: [] }}
          approval={{ from: null, firstFrom: null }}
          saved={[]}
          retry={{ ...typed, beneficiaryName: 'Íñigo', comment: 'Café' }}
        />
      </NextIntlClientProvider>
    </AppRouterContext.Provider>,
  );
  return html.replace(/<[^>]*>/g, ' ').replace(/ +/g, ' ');
}

describe('the form of a withdrawal asks for what the rail takes that pays', () => {
  it('by names and whatever is typed, ten letters of it, in an asset of its own', () => {
    const words = formOf({ accountId: dummy.accountId, asset: DUMMY_ASSET });
    for (const said of ['Destination It can be: Alias', 'Tax id', `Amount in ${DUMMY_ASSET}`])
      expect(words).toContain(said);
    expect(words).toContain('4 of 10 characters');
    expect(words).toMatch(/Reference · optional/);
    expect(words).not.toMatch(/CLABE|RFC|SPEI|MXN|digits|The bank will print/);
  });

  it('by CLABE, as SPEI prints it and numbers it', () => {
    const words = formOf({ accountId: 'acc_1', asset: 'MXN' });
    for (const said of ['Beneficiary’s CLABE', 'RFC or CURP', 'Amount in MXN', '4 of 40 characters'])
      expect(words).toContain(said);
    expect(words).toContain('The bank will print: Inigo');
    expect(words).toContain('The bank will print: Cafe');
    expect(words).toContain('Numeric reference · optional Up to 7 digits');
    expect(words).not.toMatch(/Alias/);
  });

  it('by a Chilean account: whose it is, its bank, what it is, and the name that goes with it', () => {
    const words = formOf({ accountId: 'acc_1', asset: 'CLP' });
    for (const said of ['holder’s RUT', 'BancoEstado', 'Savings account', 'Account number', 'Amount in CLP'])
      expect(words).toContain(said);
    expect(words).not.toMatch(/CLABE|RFC|BBVA México|name · optional/);
  });

  it('where the account pays the asset out', () => {
    expect(isPaidOut({ asset: DUMMY_ASSET, accountId: dummy.accountId })).toBe(true);
    expect(isPaidOut({ asset: 'MXN', accountId: dummy.accountId })).toBe(false);
    expect(isPaidOut({ asset: 'MXN', accountId: 'acc_1' })).toBe(true);
    expect(isPaidOut({ asset: 'CLP', accountId: 'acc_1' })).toBe(true);
    expect(isPaidOut({ asset: 'USD', accountId: 'acc_1' })).toBe(false);
    expect(isPaidOut({ asset: 'MXN', accountId: null })).toBe(false);
  });
});
