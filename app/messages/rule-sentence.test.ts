import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { type Locale, loadMessages } from '~/app/messages/load';
import { ruleSentence } from '~/components/words/rule-sentence';
import type { Conditions } from '~/lib/approvals/conditions';
import type { Steps } from '~/lib/approvals/steps';

async function read(locale: Locale, conditions: Conditions, steps: Steps = [{ people: 1 }]): Promise<string> {
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'rules' });
  return ruleSentence(t, locale, { action: 'withdrawal.pay', conditions, steps });
}

const WHOLE: Conditions = {
  ...{ asset: 'MXN', amount: { from: '1000000' }, walletKinds: ['customer', 'house'], patterns: ['B'] },
  sum: { of: 'customer', within: 'month', from: '5000000' },
  beneficiary: { is: 'new', days: 7 },
  customerYoungerDays: 30,
  outside: { country: 'MX', from: '09:00', to: '18:00' },
};

describe('a rule read back as one sentence', () => {
  it('has all of it, in Spanish and in English', async () => {
    const steps: Steps = [{ people: 2 }, { people: 1, role: 'admin' }];
    expect(await read('es-MX', WHOLE, steps)).toBe(
      'Un retiro de 10,000.00 MXN o más, que con lo solicitado en 30 días de un mismo cliente llega a 50,000.00 MXN, ' +
        'de un monedero de cliente o de la casa, de un monedero con patrón B, a un beneficiario nuevo (nunca pagado, o ' +
        'desde hace menos de 7 días), de un cliente dado de alta hace menos de 30 días, solicitado fuera del horario de 09:00 a 18:00 ' +
        'o en día inhábil de México espera a 2 personas más y después a una persona de Administración.',
    );
    expect(await read('en', WHOLE, steps)).toBe(
      'A withdrawal of 10,000.00 MXN or more, that together with what was requested within 30 days of one customer reaches ' +
        '50,000.00 MXN, of a customer or house wallet, of a wallet with pattern B, to a new beneficiary (never paid, or ' +
        'first paid less than 7 days ago), of a customer registered less than 30 days ago, requested outside 09:00 to 18:00 or on a holiday ' +
        'in Mexico waits for 2 more people and then for one person with the Admin role.',
    );
  });

  it('is short where there is little to say', async () => {
    expect(await read('es-MX', {})).toBe('Todo retiro espera a otra persona.');
    expect(await read('en', { asset: 'CLP' })).toBe('A withdrawal in CLP waits for somebody else.');
    expect(await read('es-MX', { asset: 'MXN', amount: { to: '100' } })).toBe(
      'Un retiro de hasta 1.00 MXN espera a otra persona.',
    );
    expect(await read('es-MX', { terms: 'Premium' })).toBe(
      'Un retiro de un monedero con los términos «Premium» espera a otra persona.',
    );
    expect(await read('en', { asset: 'MXN', amount: { from: '100', to: '200' } })).toBe(
      'A withdrawal of 1.00 to 2.00 MXN waits for somebody else.',
    );
  });
});
