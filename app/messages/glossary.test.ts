import { describe, expect, test } from 'vitest';
import { flatten, type Tree } from '~/app/messages/flatten';
import { type Locale, loadMessages } from '~/app/messages/load';
import { mailWordsIn } from '~/lib/notices/words';
import { wordsIn } from '~/lib/statements/words';

type Rule = { never: RegExp; say: string; but?: RegExp };

/** The words that GLOSSARY.md leaves out, by what is said in their place; `but` names texts about something else. */
const RULES: Record<Locale, readonly Rule[]> = {
  'es-MX': [
    { never: /\bpedid[oa]s?\b|\bpetici(ón|ones)\b|\b(lo|los|se) p(idió|ediste)\b/i, say: 'solicitar' },
    { never: /\breten(id[oa]s?|ci(ón|ones))\b|\breservad[oa]s?\b/i, say: 'apartado' },
    { never: /\bhistoria\b/i, say: 'historial' },
    { never: /\bno (l[oa]s? )?aprob(ar|ad[oa]s?|ó|arl[oa])\b/i, say: 'rechazar' },
    { never: /\bworkers?\b|\bprocesos?\b/i, say: 'el sistema, o sus tareas' },
    { never: /\bCLABEs\b/, say: 'CLABE, también en plural' },
    { never: /\bcarteras?\b|\bbilleteras?\b|\bwallets?\b/i, say: 'monedero' },
    { never: /\bdestinatari[oa]s?\b/i, say: 'beneficiario' },
    { never: /\bremitentes?\b/i, say: 'ordenante', but: /^inbox\.refused/ },
    { never: /\breconcili|\bdiscrepancia|\bdescuadrad/i, say: 'conciliación, descuadre' },
    { never: /\bprobado hasta\b/i, say: 'conciliado hasta' },
    { never: /\blibro\b(?! mayor)/i, say: 'libro mayor' },
    { never: /\babon(a|an|ó|ad[oa]s?|arán?|aría)\b/i, say: 'acreditar' },
    { never: /\bdashboard\b/i, say: 'panel de Fintoc' },
    { never: /\be-?mail\b/i, say: 'correo' },
    { never: /\bbarrido|\bbarrió/i, say: 'liquidación diaria' },
    { never: /\bclaves? de API\b/i, say: 'llave de API' },
    { never: /\b(identificador|identificación) fiscal\b/i, say: 'clave fiscal' },
    { never: /\bvolver a tomar\b/i, say: 'reprocesar' },
    { never: /\bred de pago\b|\brieles?\b/i, say: 'red de pagos' },
    {
      never: /\busuari[oa]s?\b/i,
      say: 'operador, o cliente',
      but: /^invalid\.url_with_password/,
    },
  ],
  en: [
    { never: /\bworkers?\b|\bprocess(es)?\b/i, say: 'the system, or its tasks' },
    { never: /\bclave de rastreo\b/i, say: 'tracking key' },
    { never: /\be-mails?\b/i, say: 'email' },
    { never: /\bpurses?\b/i, say: 'wallet' },
    { never: /\bpayees?\b|\brecipients?\b/i, say: 'beneficiary' },
    { never: /\bcure[sd]?\b/i, say: 'resolve' },
    { never: /\breconcil|\bdiscrepanc/i, say: 'proof, break' },
    { never: /\bsweep|\bswept\b/i, say: 'daily settlement' },
    { never: /\bDashboard\b/, say: 'Fintoc’s dashboard' },
    { never: /\bby (itself|themselves)\b/i, say: 'automatically' },
    { never: /\bcurrenc(y|ies)\b/i, say: 'asset', but: /^(inbox|kinds)\.failure/ },
    { never: /\brails?\b/i, say: 'payment network' },
    { never: /\blearnt\b|\bcannot\b/i, say: 'learned, can’t' },
    { never: /\busers?\b/i, say: 'operator, or customer', but: /^invalid\.url_with_password/ },
  ],
};

/** Texts that name one thing in several places. */
const ONE_WORD: Record<string, readonly string[]> = {
  'money set aside': [
    ...['wallets.columns.reserved', 'wallets.balances.reserved', 'wallets.holds.held'],
    ...['ledger.buckets.reserved', 'exports.columns.reserved'],
  ],
  'when it was requested': [
    ...['common.columns.requested', 'wallets.holds.requested', 'exports.columns.requestedAt'],
  ],
  'who requested it': [
    ...['common.columns.requestedBy', 'withdrawals.facts.requestedBy', 'wallets.holds.by'],
    'adjustments.facts.requestedBy',
    ...['approvals.facts.requested', 'exports.columns.requestedBy', 'wallets.explain.facts.requested'],
  ],
  'the most at once': [
    ...['settings.terms.columns.max', 'terms.fields.withdrawalMaxAmount', 'audit.fields.withdrawalMaxAmount'],
  ],
  'the most in a day': [
    ...['settings.terms.columns.day', 'terms.fields.withdrawalDayAmount', 'audit.fields.withdrawalDayAmount'],
    'terms.limits.outbound.dayAmount',
  ],
  'what is known of it': [
    ...['withdrawals.detail.facts', 'deposits.detail.facts', 'adjustments.detail.facts', 'inbox.event.facts'],
    ...['customers.page.facts', 'entities.facts.title', 'accountNumbers.facts.title'],
  ],
  'what happened to it': [
    ...['withdrawals.detail.timeline', 'deposits.detail.timeline', 'adjustments.detail.timeline'],
    ...['proof.break.timeline', 'customers.page.history', 'entities.timeline.title', 'wallets.tabs.history'],
  ],
  'to say no': [
    ...['withdrawals.decide.decline.action', 'adjustments.decide.decline.action', 'approvals.decline.action'],
    'deposits.request.decline.action',
  ],
  'what was said no to': ['status.withdrawal.declined', 'status.adjustment.declined'],
  'money without an owner': ['ledger.groups.suspense', 'ledger.buckets.unmatched', 'overview.books.suspense'],
  'who acts without a person': ['audit.actors.system', 'audit.actorKinds.system'],
  'whose turn a case is': [
    'cases.columns.waitsFor',
    'cases.page.waitsFor',
    'cases.clock.waitsFor',
    'exports.columns.waitsFor',
  ],
  'what came back from a hold': ['kinds.movement.hold_release', 'audit.actions.hold.released'],
  'whom terms are for': ['terms.fields.eligibleKinds', 'audit.fields.eligibleKinds'],
  'books against Fintoc': ['nav.items.proof', 'proof.title'],
};

describe.each(['es-MX', 'en'] as const)('the words of %s', async (locale) => {
  const texts = flatten((await loadMessages(locale)) as unknown as Tree);
  // What mails and statements say stands in lib, where workers find it.
  const said = [...texts, ...spoken('mail', mailWordsIn(locale)), ...spoken('statement', wordsIn(locale))];

  test.each(RULES[locale].map((rule) => [rule.say, rule] as const))('say “%s”', (_, { never, but }) => {
    const wrong = said.filter(([key, text]) => never.test(bare(text)) && !but?.test(key));
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(ONE_WORD))('have one for %s', (_, keys) => {
    expect(new Set(keys.map((key) => texts.get(key) ?? `${key} is missing`)).size).toBe(1);
  });

  test('tell a bank’s no from a colleague’s', () => {
    expect(texts.get('status.withdrawal.rejected')).not.toBe(texts.get('status.withdrawal.declined'));
    expect(texts.get('status.withdrawal.rejected')).toMatch(/banco|bank/);
  });

  test('hang together with curly apostrophes alone', () => {
    // A straight one quotes in ICU messages, and a text would lose it.
    expect([...texts].filter(([, text]) => text.includes("'"))).toEqual([]);
  });
});

/** Every text of them by where it stands; of one that is put together, the code that does it. */
function spoken(at: string, words: unknown): [string, string][] {
  if (typeof words !== 'object' || words === null) return [[at, String(words)]];
  return Object.entries(words).flatMap(([key, inner]) => spoken(`${at}.${key}`, inner));
}

/** What is read of a message: without the names of its arguments and tags. */
function bare(text: string): string {
  return text.replaceAll(/<\/?\w+>/g, '').replaceAll(/\{\w+(?=[,}])/g, '{');
}
