import { describe, expect, it } from 'vitest';
import { LOCALES, loadMessages } from '~/app/messages/load';
import { RESOURCE_ORIGINS } from '~/lib/entities/kyb-choices';
import { KYB_PARTS } from '~/lib/entities/kyb-parts';

describe.each(LOCALES)('a KYB in %s', (locale) => {
  it('is offered in words, never in codes of Fintoc’s', async () => {
    const { form, wizard } = (await loadMessages(locale)).entities;
    for (const origin of RESOURCE_ORIGINS) {
      expect(form.originTypes[origin]).toBeTruthy();
      expect(form.originTypes[origin]).not.toBe(origin);
    }
    for (const part of KYB_PARTS) expect(wizard.steps[part]).toBeTruthy();
    expect(JSON.stringify(form)).not.toMatch(/\b1_500000\b|\b1_15000\b/);
  });
});
