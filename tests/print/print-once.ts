/** Prints the fixture in a process of its own and writes the SHA-256 of the finished PDF and of the cover. */
import { sha256 } from '../../functions/archive/artefact.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';

const { pdf, pictures } = await browserPrinter(chromium({})).print(reportOf(), jobOf(), BUDGET_MS);
const finished = await finishPdf(pdf, jobOf(), []);
process.stdout.write(`${sha256(finished)} ${sha256(pictures.get('cover') ?? new Uint8Array())}\n`);
