import { onLambda } from '../lambda.ts';
import { chromium } from './chromium.ts';
import { printEdition } from './print.ts';
import { browserPrinter } from './printer.ts';

export const handler = onLambda(async ({ archive, edition, environment, budgetMs, locale }) => {
  await printEdition({
    archive,
    edition,
    locale: locale(),
    printer: browserPrinter(chromium(environment)),
    budgetMs,
  });
  return { edition, locale: locale() };
});
