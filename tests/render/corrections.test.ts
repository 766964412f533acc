import { describe, expect, it } from 'vitest';
import { inspectPdf } from '../../functions/check/pdf.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { render } from '../../functions/render/render.ts';
import { figures, section, templates, textOf } from './fixture.ts';

/** Milliseconds for one print, on a machine that does other things too. */
const BUDGET_MS = 60_000;

const correction = (revision: number, because: string) => ({
  corrects: `r${revision}`,
  because,
  at: `2026-08-2${revision}T10:00:00.000Z`,
});
const LONG = 'The registry gave two repositories of one maker to another, on the wrong side. '
  .repeat(12)
  .trim();

describe('a corrected edition', () => {
  it('says on its cover what was corrected, and where the revision before is', async () => {
    const because = 'Merges were counted twice.';
    const { report, web } = await render(figures(), templates, 'en', [], [correction(1, because)]);
    for (const page of [report, web]) {
      const cover = textOf(section(page, 'cover'));
      expect(cover).toContain(
        'Corrected on August 21, 2026. Merges were counted twice. The revision before, r1, stays where it was.',
      );
      expect(cover).not.toContain('In full');
    }
  });

  it('has every reason in full in its method section, and on the cover the beginning of the latest', async () => {
    const all = [correction(1, 'Merges were counted twice.'), correction(2, LONG)];
    const { report } = await render(figures(), templates, 'en', [], all);
    const [cover, method] = ['cover', 'method'].map((id) => textOf(section(report, id)));
    expect(cover).toContain(`${LONG.slice(0, 60)}`);
    expect(cover).not.toContain(LONG);
    expect(cover).toContain('1 correction before it');
    for (const { because } of all) expect(method).toContain(because);
  });

  it(
    'of a long reason still has a cover of one page',
    async () => {
      const { report, job } = await render(
        figures(),
        templates,
        'en',
        [],
        [correction(1, LONG), correction(2, LONG)],
      );
      const { pdf } = await browserPrinter(chromium({})).print(report, job, BUDGET_MS);
      const { textByPage } = await inspectPdf(pdf);
      expect(textByPage[0]).toContain('Text and charts: CC BY 4.0.');
      expect(textByPage[1]).not.toContain('Text and charts: CC BY 4.0.');
    },
    BUDGET_MS,
  );

  it('is nothing of the kind where nothing was corrected', async () => {
    const { report } = await render(figures(), templates, 'en', []);
    expect(textOf(report)).not.toMatch(/Corrected on|Of r\d/);
  });
});
