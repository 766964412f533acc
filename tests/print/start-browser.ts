/** Starts a browser and says its version, or how it failed. */
import { isReportError } from '../../functions/errors.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { BUDGET_MS } from './fixture.ts';

try {
  const version = await chromium({}).use(BUDGET_MS, ({ browser }) => browser.version());
  process.stdout.write(`${version}\n`);
} catch (error) {
  if (!isReportError(error)) throw error;
  process.stdout.write(`${error.evidence.way}: ${error.message}\n`);
  process.exitCode = 1;
}
