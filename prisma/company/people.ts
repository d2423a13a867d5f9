import { clabeCheckDigit } from '~/lib/clabe';
import type { NewCustomer } from '~/lib/people/customers';
import type { Dice } from '~/scripts/chaos/dice';

/** Who the customers of the demo company are, and who pays them. All of it is made up. */
export type Person = Omit<NewCustomer, 'requestId'> & { walletName: string };
export type Payer = {
  name: string;
  taxId: string;
  /** In Chile an account's number, or all of a destination. */
  clabe: string;
  /** In Chile, where no number tells it. */
  institution?: { id: string; name: string; country: string };
};

const words = (list: string) => list.split(' ');
/** A first name, and what may stand second beside it. */
const NAMES = [
  [
    words(
      'Alejandra Andrea Beatriz Carmen Daniela Elena Fernanda Gabriela Guadalupe Itzel Jimena Karla Laura Leticia Lucía Mariana Maribel Montserrat Natalia Paola Regina Renata Rosario Sofía Valeria Verónica Ximena Xóchitl Yolanda Zoé',
    ),
    words('Isabel María Teresa Elizabeth Patricia Guadalupe'),
  ],
  [
    words(
      'Alberto Armando Bruno César Diego Eduardo Emiliano Enrique Felipe Francisco Gerardo Héctor Ignacio Iván Javier Jesús Joaquín Jorge Leonardo Luis Manuel Mateo Miguel Omar Óscar Pablo Rafael Ricardo Rodrigo Santiago Saúl Tomás Ulises Víctor',
    ),
    words('Alejandro Ángel Antonio Fernando José Manuel Guadalupe'),
  ],
] as const;
const LAST = words(
  'Aguilar Álvarez Ávila Bautista Cabrera Camacho Castañeda Castillo Cervantes Chávez Contreras Cruz Delgado Díaz Domínguez Escobedo Espinoza Estrada Fuentes Galindo García Gómez González Guerrero Gutiérrez Guzmán Hernández Herrera Ibarra Jiménez Juárez Lara León López Luna Maldonado Martínez Medina Mejía Méndez Mendoza Morales Moreno Muñoz Navarro Núñez Ochoa Orozco Ortega Ortiz Pacheco Peña Pérez Quintero Ramírez Ramos Rangel Reyes Ríos Rivera Robles Rojas Romero Rosas Ruiz Salazar Salinas Sánchez Sandoval Santiago Silva Solís Soto Suárez Tapia Torres Trejo Valdez Valencia Vargas Vázquez Vega Velasco Velázquez Villanueva Zamora Zavala',
);
const TRADES = [
  ...[
    'Abarrotes',
    'Taquería',
    'Papelería',
    'Ferretería',
    'Panadería',
    'Farmacia',
    'Cafetería',
    'Tortillería',
  ],
  ...[
    'Refaccionaria',
    'Estética',
    'Carnicería',
    'Florería',
    'Mueblería',
    'Imprenta',
    'Lavandería',
    'Cremería',
  ],
];
const OF_TRADE = [
  ...[
    'La Esperanza',
    'San Judas',
    'El Porvenir',
    'Doña Lupita',
    'Los Compadres',
    'La Guadalupana',
    'El Güero',
  ],
  ...[
    'Santa Fe',
    'La Moderna',
    'Don Chava',
    'El Roble',
    'Tres Hermanos',
    'La Central',
    'El Faro',
    'Xochimilco',
  ],
  ...[
    'Las Palmas',
    'El Sol',
    'La Providencia',
    'Insurgentes',
    'Del Valle',
    'La Villa',
    'Coyoacán',
    'El Buen Gusto',
  ],
];
const FIRMS = [
  ...['Distribuidora', 'Servicios Logísticos', 'Soluciones', 'Comercializadora', 'Transportes', 'Grupo'],
  ...['Constructora', 'Consultores', 'Alimentos', 'Textiles', 'Autopartes', 'Empaques', 'Estudio'],
];
const OF_FIRM = [
  ...['del Bajío', 'Anáhuac', 'Quetzal', 'del Norte', 'Península', 'Azteca', 'Sierra Madre', 'Cuauhtémoc'],
  ...['Tenayuca', 'Ixtapa', 'Pacífico', 'Mayab', 'Altavista', 'Reforma', 'Ometepec', 'Chapultepec'],
];
const FORMS = ['SA de CV', 'S de RL de CV', 'SAS de CV', 'SAPI de CV'];
const PURPOSES = ['Ahorro', 'Gastos', 'Propinas', 'Negocio', 'Viajes', 'Principal', 'Principal', 'Principal'];
const BANKS = [
  '002',
  '012',
  '014',
  '021',
  '030',
  '036',
  '044',
  '058',
  '072',
  '127',
  '137',
  '638',
  '646',
  '722',
];

function someFirstName(dice: Dice): string {
  const [firsts, seconds] = dice.pick(NAMES);
  const [first, second] = [dice.pick(firsts), dice.pick(seconds)];
  return dice.chance(0.3) && first !== second ? `${first} ${second}` : first;
}

export function someIndividual(dice: Dice, nth: number): Person {
  const first = someFirstName(dice);
  const [last, mother] = [dice.pick(LAST), dice.pick(LAST)];
  const handle = plain(`${first.split(' ')[0]}.${last}`).toLowerCase();
  const purpose = dice.pick(PURPOSES);
  return {
    kind: 'individual',
    name: `${first} ${last} ${mother}`,
    country: 'mx',
    taxId: rfcOf(dice, `${last.slice(0, 2)}${mother.slice(0, 1)}${first.slice(0, 1)}`, [60, 106]),
    ...(dice.chance(0.85) && { email: `${handle}${nth}@correo.example` }),
    ...(dice.chance(0.9) && { phone: phoneOf(dice) }),
    externalId: `cliente-${String(10_000 + nth)}`,
    walletName: purpose === 'Principal' ? `Monedero de ${first.split(' ')[0]}` : purpose,
  };
}

export function someBusiness(dice: Dice, nth: number): Person {
  const isShop = dice.chance(0.6);
  const name = isShop
    ? `${dice.pick(TRADES)} ${dice.pick(OF_TRADE)}${dice.chance(0.5) ? ` de ${dice.pick(LAST)}` : ''}`
    : `${dice.pick(FIRMS)} ${dice.pick(OF_FIRM)}`;
  const letters = plain(name)
    .replace(/\b(DE|DEL|LA|EL|LOS|LAS)\b/gi, '')
    .replace(/[^A-Za-z]/g, '');
  return {
    kind: 'business',
    name: `${name} ${dice.pick(FORMS)}`,
    country: 'mx',
    taxId: rfcOf(dice, letters.slice(0, 3), [92, 124]),
    ...(dice.chance(0.95) && {
      email: `pagos${nth}@${plain(name)
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')}.example`,
    }),
    phone: phoneOf(dice),
    externalId: `negocio-${String(20_000 + nth)}`,
    walletName: dice.pick(['Cobranza', 'Operación', 'Ventas', 'Caja']),
  };
}

/** Chile's two. */
export const CHILEANS = [
  { name: 'Empanadas Doña Inés SpA', taxId: '76543210-3', walletName: 'Ventas' },
  { name: 'Transportes Cordillera Limitada', taxId: '77123456-9', walletName: 'Operación' },
];

export function somePayer(dice: Dice, kind: 'person' | 'firm'): Payer {
  const { name, taxId } = kind === 'person' ? someIndividual(dice, 0) : someBusiness(dice, 0);
  return { name, taxId, clabe: someClabe(dice) };
}

export function someClabe(dice: Dice): string {
  const first17 = `${dice.pick(BANKS)}${dice.pick(['180', '320', '580', '650', '010', '910'])}${digits(dice, 11)}`;
  return first17 + clabeCheckDigit(first17);
}

function rfcOf(dice: Dice, letters: string, [from, to]: [number, number]): string {
  const year = String(dice.int(from, to) % 100).padStart(2, '0');
  const month = String(dice.int(1, 12)).padStart(2, '0');
  const day = String(dice.int(1, 28)).padStart(2, '0');
  const end = `${dice.pick(words('A B C D E F G H I J K L M N'))}${digits(dice, 2)}`;
  return `${plain(letters).toUpperCase()}${year}${month}${day}${end}`;
}

function phoneOf(dice: Dice): string {
  return `+52 ${dice.pick(['55', '33', '81'])} ${digits(dice, 4)} ${digits(dice, 4)}`;
}

function digits(dice: Dice, count: number): string {
  return Array.from({ length: count }, () => dice.int(0, 9)).join('');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
