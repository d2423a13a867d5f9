import type { NoticeKind } from '~/lib/notices/kinds';
import { mailWordsIn } from '~/lib/notices/words';

export type Written = { subject: string; text: string; html: string };

type Content = {
  locale: string;
  isDaily: boolean;
  /** How many notices of each kind. */
  counts: readonly { kind: NoticeKind; count: number }[];
  /** Where the console is. */
  base: string;
};

/** A mail as text and as simple HTML: kinds, how many of each, and where to read on. Pure. */
export function writeMail({ locale, isDaily, counts, base }: Content): Written {
  const words = mailWordsIn(locale);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const [only] = counts;
  const told = isDaily ? words.daily(total) : words.subject(total);
  const subject = `Monedero: ${!isDaily && total === 1 && only ? words.kinds[only.kind] : told}`;
  const lines = counts.map(({ kind, count }) => `${words.kinds[kind]}: ${count}`);
  const inbox = new URL('/notices', base).href;
  const preferences = new URL('/settings/preferences', base).href;
  const text = [
    ...[words.intro, '', ...lines.map((line) => `- ${line}`), ''],
    ...[`${words.open}: ${inbox}`, '', words.why, preferences, ''],
  ].join('\n');
  const html = `<!doctype html>
<html lang="${escaped(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1a;background:#fff">
<p style="margin:0 0 12px">${escaped(words.intro)}</p>
<ul style="margin:0 0 20px;padding-left:20px">
${lines.map((line) => `<li>${escaped(line)}</li>`).join('\n')}
</ul>
<p style="margin:0 0 28px"><a href="${escaped(inbox)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#1c1c1a;color:#fff;text-decoration:none">${escaped(words.open)}</a></p>
<p style="margin:0;font-size:13px;color:#5f5f5a">${escaped(words.why)} <a href="${escaped(preferences)}" style="color:#5f5f5a">${escaped(preferences)}</a></p>
</body>
</html>
`;
  return { subject, text, html };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
