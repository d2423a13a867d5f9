import { FAULT_KINDS, type Fault } from '~/sandbox/http/faults';
import type { Call, Reply, Route } from '~/sandbox/http/router';

export const faultControls: Route[] = [
  { method: 'GET', path: '/_control/faults', handle: listFaults },
  { method: 'POST', path: '/_control/faults', handle: addFault },
  { method: 'DELETE', path: '/_control/faults', handle: clearFaults },
];

const LONGEST_MS = 86_400_000;
const HTML = 'text/html; charset=utf-8';

async function listFaults({ sandbox }: Call): Promise<Reply> {
  return { status: 200, body: sandbox.faults.list() };
}

async function addFault({ sandbox, input }: Call): Promise<Reply> {
  const code = input.optionalText('code') ?? null;
  const fault: Fault = {
    kind: input.oneOf('kind', FAULT_KINDS),
    when: input.has('when') ? input.oneOf('when', ['before_commit', 'after_commit']) : 'before_commit',
    delayMs: input.integer('delay_ms', { min: 0, max: LONGEST_MS, fallback: 0 }),
    count: input.integer('count', { min: 1, max: 100_000, fallback: 1 }),
    method: input.optionalText('method')?.toUpperCase() ?? null,
    path: input.optionalText('path') ?? null,
    // Fintoc refuses with an error's status only; what stands between us and it may say anything.
    status: input.integer('status', { min: code === null ? 200 : 400, max: 599, fallback: 401 }),
    code,
    page: input.raw('page'),
    contentType: input.optionalText('content_type') ?? HTML,
  };
  if (code !== null && fault.page !== undefined)
    throw input.refusal('invalid_params', 'page', 'is of an answer that has no code of Fintoc’s');
  sandbox.faults.add(fault);
  return { status: 201, body: fault };
}

async function clearFaults({ sandbox }: Call): Promise<Reply> {
  sandbox.faults.clear();
  return { status: 204 };
}
