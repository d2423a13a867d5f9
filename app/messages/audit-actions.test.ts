import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { ACTIONS } from '~/lib/approvals/actions';

const lib = new URL('../../lib/', import.meta.url);

/** Every audit action that lib spells out; those made of a status come on top and are few. */
function spelledActions(): string[] {
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const found = files.flatMap((file) => {
    const source = readFileSync(new URL(file, lib), 'utf8');
    return /recordAudit|changeStatus/.test(source)
      ? [...source.matchAll(/(?:action: |changeStatus\(\w+, \w+, |keep\(\w+, )'(\w+\.\w+)'/g)].map(
          ([, action = '']) => action,
        )
      : [];
  });
  // What an approval is asked for is spelled alike; its words are those of the inbox.
  return [...new Set(found)].filter((action) => !(action in ACTIONS));
}

describe('audit actions', () => {
  it('have a label in every language', async () => {
    const actions = spelledActions();
    expect(actions.length).toBeGreaterThan(20);
    for (const locale of LOCALES) {
      const labels: Record<string, Record<string, string>> = (await loadMessages(locale)).audit.actions;
      for (const action of actions) {
        const [noun = '', act = ''] = action.split('.');
        expect(labels[noun]?.[act], `${locale}: ${action}`).toBeTruthy();
      }
    }
  });
});
