import type { NoticeKind } from '~/lib/notices/kinds';

/**
 * What a mail says, in the language that its reader chose. Here and not among the console's texts, since the worker that
 * writes it knows no screens; the types hold both languages to the same keys. No name, number or amount has a place in
 * it: a mailbox is anybody's who can open it.
 */
type MailWords = typeof SPANISH;

const SPANISH = {
  subject: (count: number) => (count === 1 ? 'Una notificación' : `${count} notificaciones`),
  daily: (count: number) =>
    count === 1 ? 'Resumen del día: una notificación' : `Resumen del día: ${count} notificaciones`,
  intro: 'Esto espera que lo veas en Monedero:',
  open: 'Ver mis notificaciones',
  why: 'Recibes este correo porque así lo elegiste, o porque es lo usual para tu rol. Cambia qué recibes y cómo en Preferencias:',
  kinds: {
    proof_broken: 'Descuadre abierto',
    payouts_stopped: 'Pagos detenidos',
    approval_waiting: 'Espera tu aprobación',
    cash_short: 'No alcanza la liquidez para lo que espera salir',
    withdrawals_failing: 'Fallan más retiros que de costumbre',
    dead_letters: 'Eventos detenidos',
    kyb_decided: 'KYB resuelto',
    limit_used: 'Límite por alcanzarse o alcanzado',
    statement_ready: 'Estado de cuenta',
    statements_ended: 'Terminó un envío mensual de estados de cuenta',
  } satisfies Record<NoticeKind, string>,
};

const ENGLISH: MailWords = {
  subject: (count) => (count === 1 ? 'One notification' : `${count} notifications`),
  daily: (count) =>
    count === 1 ? 'Daily summary: one notification' : `Daily summary: ${count} notifications`,
  intro: 'This waits for you to see it in Monedero:',
  open: 'See my notifications',
  why: 'You get this email because you chose so, or because it is usual for your role. Change what you get, and how, under Preferences:',
  kinds: {
    proof_broken: 'Open break',
    payouts_stopped: 'Payouts stopped',
    approval_waiting: 'Waits for your approval',
    cash_short: 'Not enough cash for what is queued',
    withdrawals_failing: 'More withdrawals than usual are failing',
    dead_letters: 'Dead letters',
    kyb_decided: 'KYB decided',
    limit_used: 'Limit approached or reached',
    statement_ready: 'Statement',
    statements_ended: 'Monthly statements ended',
  },
};

const WORDS: Readonly<Record<string, MailWords>> = { 'es-MX': SPANISH, en: ENGLISH };

/** In the product's first language where the reader's is none of ours. */
export function mailWordsIn(locale: string): MailWords {
  return WORDS[locale] ?? SPANISH;
}
