import { expect, it } from 'vitest';
import { loadMessages } from '~/app/messages/load';
import { reasonSentence } from '~/lib/api/reasons';

/** What no verb of the API can answer: of passwords, files, rules and cases, and of how a form was filled in. */
const FORMS_ALONE = (
  'already_blocked wrong_password password_same passwords_differ password_too_short password_guessable wrong_code ' +
  'passkey_refused reason_too_short file_too_large file_empty file_unreadable no_column_destination ' +
  'no_column_amount column_twice too_many_payments too_many_orders minutes_format not_settlement amount_ambiguous amount_decimals ' +
  'codes_format address_format same_owner unfit_owner due_range nothing_to_find role_taken unknown_role ends_before_start whole_number ' +
  'of_the_house key_of_the_house too_many_portfolios unknown_portfolio account_code no_wallets too_few_people rule_not_of_action rule_amounts clock_format owes_nothing too_many_views'
).split(' ');

it('why a field doesn’t fit is told in a sentence by the API too, or can only happen in a form', async () => {
  const { invalid } = await loadMessages('en');
  const untold = Object.keys(invalid).filter((code) => reasonSentence(code).startsWith('It doesn’t fit'));
  expect(untold.sort()).toEqual([...FORMS_ALONE].sort());
});
