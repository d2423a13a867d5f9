/** A number below `below` that looks drawn by chance and is the same in every run. */
export const drawn = (seed: number, below: number) =>
  `(((hashint8extended(n, ${seed}) % ${below}) + ${below}) % ${below})`;

const FIRST =
  'Ana Berta Carlos Daniela Emilio Fernanda Gerardo Héctor Inés Jorge Karla Luis María Norma Óscar Patricia Raúl Sofía Tomás Úrsula Víctor Wendy Ximena Yolanda José Juan Pedro Rosa Marta Diego Laura Elena Iván Julia Lucía Mario Nadia Olga Pablo Rita';
const LAST =
  'Aguilar Bautista Castillo Delgado Espinoza Flores García Hernández Ibarra Jiménez Lara López Martínez Navarro Ortega Peña Quintero Ramírez Sánchez Torres Uribe Vargas Zamora Ayala Bravo Campos Díaz Estrada Fuentes Guerrero Herrera Juárez Leyva Mendoza Núñez Olvera Pacheco Rangel Salinas Trejo Valdez Velasco Zavala Acosta Barrera Cabrera Domínguez Escobar Figueroa Gallegos';

export const NAMES = { first: FIRST, last: LAST };

const words = (list: string) =>
  `ARRAY[${list
    .split(' ')
    .map((word) => `'${word}'`)
    .join(',')}]`;
/** One of the words of a list, in SQL, as it were by chance. */
export const pick = (list: string, seed: number) =>
  `(${words(list)})[${drawn(seed, list.split(' ').length)} + 1]`;
