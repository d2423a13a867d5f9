/**
 * What people call the institutions that a CLABE's first three digits name: short, as in speech. Banxico's list of SPEI's
 * participants as of July 2026 (banxico.org.mx/cep-scl/listaInstituciones.do: the last three digits of each key), and
 * those that took part since or before, whose CLABEs are about. A later name in a row is another that people know it by.
 */
const NAMES: Record<string, readonly [name: string, ...others: string[]]> = {
  '001': ['Banxico', 'Banco de México'],
  '002': ['Banamex', 'Citibanamex'],
  '006': ['Bancomext'],
  '009': ['Banobras'],
  '012': ['BBVA', 'Bancomer'],
  '014': ['Santander'],
  '019': ['Banjército'],
  '021': ['HSBC'],
  '022': ['GE Money'],
  '030': ['BanBajío', 'Bajío'],
  '032': ['Ixe', 'Banorte Ixe'],
  '036': ['Inbursa'],
  '037': ['Interacciones'],
  '042': ['Mifel'],
  '044': ['Scotiabank', 'Inverlat'],
  '058': ['Banregio'],
  '059': ['Invex'],
  '060': ['Bansí'],
  '062': ['Afirme'],
  '072': ['Banorte'],
  '102': ['Accendo', 'ABN Amro'],
  '103': ['American Express', 'Amex'],
  '106': ['Bank of America', 'BofA', 'Bamsa'],
  '108': ['MUFG', 'Bank of Tokyo'],
  '110': ['JP Morgan', 'J.P. Morgan'],
  '112': ['Monex', 'Banco Monex'],
  '113': ['Bx+', 'Ve por Más'],
  '116': ['ING'],
  '124': ['Citi México', 'Deutsche Bank'],
  '126': ['Credit Suisse'],
  '127': ['Banco Azteca', 'Azteca'],
  '128': ['Kapital', 'Autofin'],
  '129': ['Barclays'],
  '130': ['Compartamos'],
  '131': ['Banco Famsa', 'Ahorro Famsa'],
  '132': ['Multiva'],
  '133': ['Actinver'],
  '134': ['Walmart', 'Banco Adelante'],
  '135': ['Nafin', 'Nacional Financiera'],
  '136': ['Intercam', 'Interbanco'],
  '137': ['BanCoppel', 'Coppel'],
  '138': ['Ualá', 'ABC Capital'],
  '139': ['UBS'],
  '140': ['Consubanco', 'Banco Fácil'],
  '141': ['Volkswagen Bank', 'VW Bank'],
  '143': ['CIBanco'],
  '145': ['Banco Base', 'BBase'],
  '147': ['Bankaool'],
  '148': ['PagaTodo'],
  '150': ['BIM', 'Inmobiliario Mexicano'],
  '151': ['Dondé', 'Fundación Dondé'],
  '152': ['Bancrea'],
  '154': ['Covalto', 'Finterra'],
  '155': ['ICBC'],
  '156': ['Sabadell'],
  '157': ['Shinhan'],
  '158': ['Mizuho'],
  '159': ['Bank of China'],
  '160': ['Banco S3', 'Santander S3'],
  '166': ['Banco del Bienestar', 'Bansefi', 'BaBien'],
  '167': ['Hey Banco', 'Hey'],
  '168': ['Hipotecaria Federal', 'SHF'],
  '170': ['Revolut'],
  '171': ['Plata', 'Banco Plata'],
  '600': ['Monex Casa de Bolsa'],
  '601': ['GBM'],
  '602': ['Masari'],
  '604': ['Inbursa Casa de Bolsa'],
  '605': ['Value'],
  '606': ['Base Casa de Bolsa', 'Estructuradores'],
  '607': ['Tíber'],
  '608': ['Vector'],
  '610': ['B y B'],
  '611': ['Intercam Casa de Cambio'],
  '613': ['Multiva Casa de Bolsa', 'Multivalores'],
  '614': ['Accival'],
  '615': ['Merrill Lynch'],
  '616': ['Finamex'],
  '617': ['Valmex'],
  '618': ['Única'],
  '619': ['Mapfre'],
  '620': ['Profuturo'],
  '621': ['Actinver Casa de Bolsa'],
  '622': ['Actinver SI'],
  '623': ['Skandia Vida'],
  '624': ['CI Casa de Cambio', 'Consultoría Internacional'],
  '626': ['Deutsche Securities'],
  '627': ['Zurich'],
  '628': ['Zurich Vida'],
  '629': ['Su Casita'],
  '630': ['Intercam Casa de Bolsa'],
  '631': ['CI Bolsa'],
  '632': ['Bulltick'],
  '633': ['Sterling'],
  '634': ['Fincomún'],
  '636': ['HDI'],
  '637': ['OrderExpress'],
  '638': ['Nu', 'Nu México', 'Nubank', 'Akala'],
  '640': ['JP Morgan Casa de Bolsa'],
  '642': ['Reforma'],
  '646': ['STP', 'Sistema de Transferencias y Pagos'],
  '647': ['Telecomm', 'Finabien'],
  '648': ['Evercore'],
  '649': ['Skandia'],
  '651': ['Seguros Monterrey'],
  '652': ['Crédicapital', 'Asea'],
  '653': ['Kuspit'],
  '655': ['SofiExpress'],
  '656': ['Unagra'],
  '659': ['ASP Integra'],
  '661': ['Klar', 'Alternativos'],
  '670': ['Libertad'],
  '674': ['AXA'],
  '677': ['Caja Popular Mexicana'],
  '679': ['FND', 'Financiera Nacional'],
  '680': ['Cristóbal Colón'],
  '683': ['Caja de los Telefonistas'],
  '684': ['Transfer'],
  '685': ['FIRA'],
  '686': ['Invercap'],
  '688': ['CrediClub'],
  '689': ['Fondo Mexicano del Petróleo', 'Fomped'],
  '699': ['Fondeadora'],
  '703': ['Tesored'],
  '706': ['Arcus'],
  '710': ['Nvio', 'Bitso'],
  '714': ['PayPal', 'PPBalanceMX'],
  '715': ['Cashi'],
  '720': ['MexPago'],
  '721': ['Albo'],
  '722': ['Mercado Pago'],
  '723': ['Cuenca'],
  '725': ['CoopDesarrollo'],
  '727': ['Transfer Direct'],
  '728': ['Spin', 'Spin by OXXO'],
  '729': ['Dep y Pag Dig', 'Depósitos y Pagos Digitales'],
  '730': ['Clip', 'Swap'],
  '732': ['Peibo'],
  '734': ['Finco Pay', 'Finch'],
  // Fintoc's own: 738 is on Banxico's list and in its documentation, 735 is what its test mode hands out.
  '735': ['Fintoc'],
  '738': ['Fintoc'],
  '812': ['BBVA', 'Bancomer'],
  '814': ['Santander'],
  '821': ['HSBC'],
  '846': ['STP'],
  '901': ['CLS'],
  '902': ['Indeval'],
  '903': ['CoDi'],
};

/** What people call the bank of a CLABE's first three digits; null for digits that nobody here knows. */
export function bankName(code: string): string | null {
  return NAMES[code]?.[0] ?? null;
}

/** One name with all the digits that stand for it: a bank as people choose it. */
export type Bank = { name: string; codes: readonly string[] };

/** Every bank once, by its everyday name in a person's order. */
export const BANKS: readonly Bank[] = [...new Set(Object.values(NAMES).map(([name]) => name))]
  .sort(new Intl.Collator('es').compare)
  .map((name) => ({
    name,
    codes: Object.keys(NAMES)
      .filter((code) => bankName(code) === name)
      .sort(),
  }));

type Called = { code: string; name: string };

const CALLED: readonly Called[] = Object.entries(NAMES).flatMap(([code, names]) =>
  names.map((name) => ({ code, name })),
);

/** The digits of the banks that are called so, or whose name begins so: `banorte`, `nu`, `mercado p`. None for one letter. */
export function banksCalled(typed: string): string[] {
  return calledSo(CALLED, typed);
}

/** The same of other banks, that somebody else has codes for. */
export function calledSo(banks: readonly Called[], typed: string): string[] {
  const wanted = plain(typed);
  if (wanted.length < 2) return [];
  const plainly = banks.map(({ code, name }) => ({ code, name: plain(name) }));
  const exact = plainly.filter(({ name }) => name === wanted);
  // Two letters are a whole name or none: "ba" would be half of all banks.
  const found =
    exact.length > 0 || wanted.length < 3 ? exact : plainly.filter(({ name }) => name.startsWith(wanted));
  return [...new Set(found.map(({ code }) => code))];
}

/** Without blanks too: `banco estado` is BancoEstado, `mercadopago` Mercado Pago. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, '');
}
