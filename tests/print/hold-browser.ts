/** Starts a browser, says its process id, and holds it until killed. */
import { chromium } from '../../functions/print/chromium.ts';
import { BUDGET_MS } from './fixture.ts';

await chromium({}).use(BUDGET_MS, ({ pid }) => {
  process.stdout.write(`${pid}\n`);
  return new Promise(() => undefined);
});
