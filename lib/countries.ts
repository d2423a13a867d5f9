/** Every country of ISO 3166-1, by its two letters as Fintoc takes them. */
const CODES =
  'ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc cd cf ' +
  'cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh ' +
  'gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ' +
  'ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ' +
  'ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn ' +
  'so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt ' +
  'za zm zw';

export const COUNTRIES: readonly string[] = CODES.split(' ');

/** Where most people of a Mexican company come from: they stand first in a list. */
const FIRST = ['mx', 'us', 'es', 'cl', 'co'];

/** A country's name in the reader's language; what is no country speaks for itself. */
export function countryName(code: string, locale: string): string {
  if (!COUNTRIES.includes(code.toLowerCase())) return code.toUpperCase();
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code.toUpperCase();
}

/** Every country to choose from, the likely ones first and the rest as a person of that language sorts them. */
export function countryOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const { compare } = new Intl.Collator(locale);
  const place = (code: string) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return COUNTRIES.map((value) => ({ value, label: names.of(value.toUpperCase()) ?? value })).sort(
    (a, b) => place(a.value) - place(b.value) || compare(a.label, b.label),
  );
}
