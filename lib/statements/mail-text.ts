import { escaped, type Written } from '~/lib/notices/mail-text';
import type { StatementLocale } from '~/lib/statements/kinds';

type Told = {
  locale: StatementLocale;
  /** Who sends it. */
  platform: string;
  /** Of when it is: `2026-10-01 – 2026-10-31`. */
  period: string;
  /** Null where the file is in the mail. */
  link: { address: string; until: string } | null;
};

const WORDS = {
  'es-MX': {
    subject: (platform: string, period: string) => `Estado de cuenta de ${platform}, ${period}`,
    attached: (platform: string, period: string) =>
      `Adjunto va el estado de cuenta de ${platform} del ${period}.`,
    linked: (platform: string, period: string) =>
      `El estado de cuenta de ${platform} del ${period} está listo para descargarse.`,
    open: 'Descargar',
    until: (at: string) =>
      `El enlace sirve hasta el ${at}, a quien lo tenga: no lo reenvíes a quien no deba verlo.`,
    wrong: 'Si no lo esperabas, bórralo y avisa a quien te lo envió.',
  },
  en: {
    subject: (platform: string, period: string) => `Statement from ${platform}, ${period}`,
    attached: (platform: string, period: string) =>
      `The statement from ${platform} for ${period} is attached.`,
    linked: (platform: string, period: string) =>
      `The statement from ${platform} for ${period} is ready to download.`,
    open: 'Download',
    until: (at: string) =>
      `The link works until ${at}, for whoever has it: don’t forward it to anybody who shouldn’t see it.`,
    wrong: 'If you didn’t expect it, delete it and tell whoever sent it.',
  },
} as const satisfies Record<StatementLocale, unknown>;

/** A mail that brings a statement or the way to it: who it is from and of when, and nobody's name, number or amount. Pure. */
export function writeStatementMail({ locale, platform, period, link }: Told): Written {
  const words = WORDS[locale];
  const said = link ? words.linked(platform, period) : words.attached(platform, period);
  const after = [...(link ? [words.until(link.until)] : []), words.wrong];
  const subject = words.subject(platform, period);
  const text = [said, '', ...(link ? [link.address, ''] : []), ...after, ''].join('\n');
  const button = link
    ? `\n<p style="margin:0 0 20px"><a href="${escaped(link.address)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#1c1c1a;color:#fff;text-decoration:none">${escaped(words.open)}</a></p>`
    : '';
  const html = `<!doctype html>
<html lang="${escaped(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1a;background:#fff">
<p style="margin:0 0 20px">${escaped(said)}</p>${button}
${after.map((line) => `<p style="margin:0 0 8px;font-size:13px;color:#5f5f5a">${escaped(line)}</p>`).join('\n')}
</body>
</html>
`;
  return { subject, text, html };
}
