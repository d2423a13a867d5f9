import type { ClaimTexts } from '~/app/(console)/cases/claim-fields';
import { dayOf } from '~/components/list/search-params';
import type { Subject } from '~/lib/cases/subject';
import { clabeBank } from '~/lib/clabe-bank';
import { toDecimal } from '~/lib/money';
import type { Sought } from '~/lib/whereabouts/receipt';

const ZONE = 'America/Mexico_City';

/** The fields of an aclaración, filled with what somebody said of the payment, and else with what the books say. */
export function claimOf({ payment, amount, asset }: Subject, said: Sought | null): ClaimTexts {
  const account = said?.clabes[0] ?? payment?.beneficiaryAccount ?? '';
  const [from, to] =
    payment?.direction === 'outbound' ? ['Fintoc', payment.otherBank] : [payment?.otherBank, 'Fintoc'];
  const pesos = said?.amount ?? (asset === 'MXN' && payment ? amount : null);
  return {
    trackingKey: payment?.trackingKey ?? said?.key ?? '',
    operationDay: said?.day ?? (payment ? dayOf(payment.at, ZONE) : ''),
    amount: pesos ? toDecimal(pesos, 'MXN') : '',
    sendingBank: said?.fromBank ?? (payment ? (from ?? '') : ''),
    receivingBank: said?.toBank ?? clabeBank(account)?.name ?? (payment ? (to ?? '') : ''),
    beneficiaryAccount: account,
  };
}
