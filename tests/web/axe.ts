import axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { z } from 'zod';

/** WCAG 2.0 to 2.2, levels A and AA, and what the makers of the instrument hold for good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const answer = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/**
 * What the instrument finds wrong with a page as it is shown.
 *
 * @param rules only these, where the rest does not depend on the screen
 */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  const runOnly = rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: TAGS };
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`,
  );
  return answer
    .parse(found)
    .violations.flatMap(({ id, help, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary = '' }) =>
            `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`,
        ),
    );
}
