/**
 * node --import tsx scripts/lib/logs-name-nobody.ts <files>: reads what programs said and ends with 1 where it holds
 * anything that looks like a tax id, an e-mail, a phone, a card or a CLABE. The lines are named, not repeated.
 */
import fs from 'node:fs';
import { maskedText } from '~/lib/people/masked-text';

/** What Next and Node say of themselves in a form like it: the number of an error, a package at its version. */
const OF_THE_MACHINE = /\bdigest: '\d+'|\b[a-z-]+@\d+(\.\d+)+/g;

let read = 0;
const told: string[] = [];
for (const file of process.argv.slice(2)) {
  fs.readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replaceAll(OF_THE_MACHINE, ''))
    .forEach((line, nth) => {
      read += 1;
      if (maskedText(line) !== line) told.push(`${file}:${nth + 1}`);
    });
}
for (const place of told.slice(0, 20)) console.error(place);
console.log(`${read} lines, ${told.length} of them with somebody’s data`);
if (told.length > 0) process.exitCode = 1;
