import { describe, expect, it } from 'vitest';
import { isMissing, isRefusal } from '~/lib/rails/failures';
import { toFintocError } from '~/lib/rails/fintoc/answers';

const answer = (status: number, data: unknown) => toFintocError({ response: { status, data } });
const told = (status: number, code: string, type = 'invalid_request_error') =>
  answer(status, { error: { type, code, message: 'Because.', param: null } });

describe('what an answer says of the money', () => {
  it.each([
    [400, 'invalid_amount', 'refused'],
    [400, 'invalid_clabe', 'refused'],
    [422, 'not_supported_currency', 'refused'],
    [422, 'idempotency_key_reused', 'unknown'],
    [400, 'idempotent_request_mismatch', 'unknown'],
    [400, 'invalid_duplicated_transfer', 'unknown'],
    [404, 'missing_resource', 'refused'],
    [403, 'recipient_blocked_account', 'refused'],
    [409, 'insufficient_balance', 'refused_now'],
    [403, 'account_not_active', 'refused_now'],
    [403, 'forbidden_account', 'not_now'],
    [401, 'invalid_api_key', 'not_now'],
    [429, 'rate_limit_exceeded', 'not_now'],
    [401, 'jws_nonce_already_used', 'unknown'],
    [409, 'invalid_duplicated_transfer', 'unknown'],
    [409, 'something_new', 'unknown'],
    [403, 'something_new', 'unknown'],
    [404, 'something_new', 'unknown'],
    [408, 'request_timeout', 'unknown'],
    [500, 'internal_server_error', 'unknown'],
    [503, 'core_response', 'unknown'],
  ] as const)('%s %s of Fintoc’s own: %s', (status, code, verdict) => {
    const error = told(status, code);
    expect(error.verdict).toBe(verdict);
    expect(isRefusal(error)).toBe(verdict.startsWith('refused'));
  });

  it.each([
    ['a web page', '<html>Forbidden</html>'],
    ['nothing', ''],
    ['nothing at all', undefined],
    ['another’s JSON', { message: 'Forbidden' }],
    ['an error that is a word', { error: 'access_denied' }],
    ['a code without a type', { error: { code: 'forbidden_account', message: 'no' } }],
    ['a type that isn’t Fintoc’s', { error: { type: 'Forbidden', code: 'forbidden_account' } }],
    ['a code that is a number', { error: { type: 'api_error', code: 403 } }],
    ['a code that isn’t written as Fintoc writes', { error: { type: 'api_error', code: 'Access Denied' } }],
    ['a list', [{ error: { type: 'api_error', code: 'invalid_amount' } }]],
    ['nothing in it', { error: null }],
  ])('%s says nothing, whatever its status', (_what, body) => {
    for (const status of [
      200, 400, 401, 402, 403, 404, 405, 407, 409, 410, 413, 422, 429, 451, 500, 502, 503,
    ]) {
      const error = answer(status, body);
      expect({ status, verdict: error.verdict, code: error.code }).toEqual({
        status,
        verdict: 'unknown',
        code: `http_${status}`,
      });
      expect(isMissing(error)).toBe(false);
    }
  });

  it('no answer says nothing', () => {
    expect(toFintocError({ code: 'ECONNRESET' })).toMatchObject({ verdict: 'unknown', code: 'connection' });
    expect(toFintocError({ code: 'ECONNABORTED' })).toMatchObject({ verdict: 'unknown', code: 'timeout' });
  });

  it('that there is no such object is Fintoc’s to say', () => {
    expect(isMissing(told(404, 'missing_resource'))).toBe(true);
    expect(isMissing(told(404, 'invalid_url'))).toBe(false);
  });
});
