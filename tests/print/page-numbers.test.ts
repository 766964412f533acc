import { describe, expect, it } from 'vitest';
import { inspectPdf } from '../../functions/check/pdf.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { asksForPageNumbers, withPageNumbers } from '../../functions/print/page-numbers.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';

const printer = browserPrinter(chromium({}));
const contents = (ids: readonly string[]) =>
  `<nav id="contents">${ids.map((id) => `<p><a href="#${id}">Of ${id}: <span class="page" data-page-of="${id}"></span></a></p>`).join('')}</nav>`;

describe('the page numbers of a contents page', () => {
  it('are those of the pages its links lead to', async () => {
    const html = reportOf({ sections: 5, body: contents(['s1', 's3', 's5']) });
    const { textByPage, links } = await inspectPdf(
      (await printer.print(html, jobOf({ pictures: [] }), BUDGET_MS)).pdf,
    );
    const text = textByPage.join(' ').replace(/\s+/g, ' ');
    for (const id of ['s1', 's3', 's5']) {
      const told = Number(new RegExp(`Of ${id}: (\\d+)`).exec(text)?.[1]);
      expect(textByPage[told - 1]).toContain(`Section ${id.slice(1)}`);
      expect(links.find((link) => link.to === id)?.page ?? told).toBe(told);
    }
  });

  it('are refused where their own width moves what they point at', async () => {
    const css = '#contents .page:not(:empty){display:block;height:220mm}';
    const html = reportOf({ sections: 2, css }).replace(
      '<header id="cover">',
      `${contents(['s1', 's2'])}<header id="cover">`,
    );
    await expect(printer.print(html, jobOf({ pictures: [] }), BUDGET_MS)).rejects.toThrow(
      /Its own page numbers moved "s\d" to another page/,
    );
  });

  it('are refused for a place that is not there', () => {
    const html = contents(['nowhere']);
    expect(asksForPageNumbers(html)).toBe(true);
    expect(() => withPageNumbers(html, new Map())).toThrow(/asks for the page of "nowhere"/);
  });

  it('leave a document without holes as it is', () => {
    expect(asksForPageNumbers(reportOf())).toBe(false);
    expect(withPageNumbers(reportOf(), new Map())).toBe(reportOf());
  });
});
