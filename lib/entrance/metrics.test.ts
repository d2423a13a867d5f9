import fs from 'node:fs';
import { expect, it } from 'vitest';
import { Admission } from '~/lib/entrance/admission';
import { Metrics } from '~/lib/entrance/metrics';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const figure = (text: string, name: string) => {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

it('tell how the work stands: what waits, since when, and that nothing does', async () => {
  const { text: idle } = await new Metrics(new Admission()).text();
  expect(figure(idle, 'monedero_database_up')).toBe(1);
  expect(figure(idle, 'monedero_inbox_waiting')).toBe(0);
  expect(figure(idle, 'monedero_inbox_oldest_seconds')).toBe(0);
  const event = fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
  await deliver(event);
  const { text } = await new Metrics(new Admission()).text();
  expect(figure(text, 'monedero_inbox_waiting')).toBe(1);
  expect(figure(text, 'monedero_inbox_oldest_seconds')).toBeGreaterThan(0);
});

it('have every figure that an alert or the dashboard asks for', async () => {
  const metrics = new Metrics(new Admission());
  metrics.answered('webhook', 200, 0.01);
  const { text } = await metrics.text();
  for (const file of ['ops/prometheus-alerts.yml', 'ops/grafana-dashboard.json']) {
    const asked = new Set(fs.readFileSync(file, 'utf8').match(/\bmonedero_\w+/g));
    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((name) => !new RegExp(`^(# TYPE )?${name}[ {]`, 'm').test(text))).toEqual([]);
  }
});
