import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPdf, type PdfFacts } from '../../functions/check/pdf.ts';
import { judgePdf } from '../../functions/check/pdf-judge.ts';
import { judgePages } from '../../functions/check/pdf-pages.ts';
import { placeSections } from '../../functions/check/pdf-sections.ts';
import { readSource } from '../../functions/check/pdf-source.ts';
import { bare } from '../../functions/check/pdf-text.ts';
import { isReportError } from '../../functions/errors.ts';
import type { RunningBrowser } from '../../functions/print/browser.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { printInBrowser } from '../../functions/print/printer.ts';
import { writeDocument } from '../../functions/render/document.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { render } from '../../functions/render/render.ts';
import { type ExtremeMonth, extremeMonth, NAMES, named } from '../render/extreme-months.ts';
import { figures, templates, withFile } from '../render/fixture.ts';

const BUDGET_MS = 240_000;
let browser: RunningBrowser;
const end = Promise.withResolvers<void>();
let ended: Promise<void>;

beforeAll(async () => {
  const started = Promise.withResolvers<RunningBrowser>();
  ended = chromium({}).use(BUDGET_MS, (running) => {
    started.resolve(running);
    return end.promise;
  });
  ended.catch(started.reject);
  browser = await started.promise;
}, BUDGET_MS);
afterAll(() => {
  end.resolve();
  return ended;
});

interface Printed {
  readonly html: string;
  readonly facts: PdfFacts;
  /** What the judge, or the stage that refused the month, found wrong: by check or error, where. */
  readonly told: Readonly<Record<string, string>>;
}

const jobs = new Map<string, PrintJob>();

/** The faces and the language of an ordinary month's print. */
async function jobOf(locale: string): Promise<PrintJob> {
  const job = jobs.get(locale) ?? (await render(figures(), templates, locale, [])).job;
  jobs.set(locale, job);
  return job;
}

/** Checks of what a month says, not of how long it is or what is attached. */
const OF_PAGES = [
  'pdf.no-leftovers',
  'pdf.no-missing-glyph',
  'pdf.no-type3',
  'pdf.own-faces',
  'pdf.numbered',
];

async function printed({ figures, templates }: ExtremeMonth, locale = 'en'): Promise<Printed> {
  const html = await writeDocument(figures, templates, locale);
  const job = await jobOf(locale);
  const { pdf, texts } = await printInBrowser(browser, html, { ...job, pictures: [] });
  const facts = await inspectPdf(await finishPdf(pdf, job, [], texts));
  const families = [...html.matchAll(/font-family:\s*["']([^"']+)["']/g)].map(([, family = '']) =>
    family.replaceAll(' ', ''),
  );
  const expected = { title: '', language: locale, onCover: [], families };
  const checks = [
    ...judgePdf(facts, expected).filter(({ id }) => OF_PAGES.includes(id)),
    ...judgePages(facts, html),
  ];
  const wrong = checks.filter(({ outcome }) => outcome !== 'passed');
  return { html, facts, told: Object.fromEntries(wrong.map(({ id, detail }) => [id, detail])) };
}

async function toldOf(month: ExtremeMonth, locale?: string): Promise<Readonly<Record<string, string>>> {
  try {
    return (await printed(month, locale)).told;
  } catch (error) {
    if (!isReportError(error)) throw error;
    return { [error.name]: error.message };
  }
}

const LAYOUT = ['pdf.no-thin-page', 'pdf.no-overlapping-text', 'pdf.no-clipped-text'];

/**
 * What a month that does not hold may be told of; every complaint names the page, or the file. A month that is not here
 * must hold.
 */
const MAY_BE_TOLD: Readonly<Record<string, readonly string[]>> = {
  'whose headline is three times longer': [
    ...LAYOUT,
    'pdf.nothing-lost',
    'pdf.charts-drawn',
    'pdf.running-heads',
  ],
  'with 200 labs in its table': ['pdf.no-thin-page'],
  'with a single point in each series': [...LAYOUT, 'pdf.charts-drawn', 'TemplateError'],
  'of which every count is nought': [...LAYOUT, 'pdf.charts-drawn', 'TemplateError'],
  'in which nobody leads': ['pdf.no-thin-page'],
  'without any axis': ['pdf.no-thin-page', 'pdf.nothing-lost'],
  'whose every name has 200 characters and no break': [...LAYOUT, 'pdf.nothing-lost', 'PrintFailed'],
};

describe('a month in print', () => {
  it.each(Object.keys(MAY_BE_TOLD))('%s holds, or it is said what does not, and where', async (name) => {
    const told = await toldOf(extremeMonth(name));
    for (const [id, detail] of Object.entries(told)) {
      expect(MAY_BE_TOLD[name], detail).toContain(id);
      expect(detail).toMatch(/page \d+|“.+”|templates\/|<\w+.*> "/);
    }
  });

  it('with 200 labs repeats the head of their table on every page they are on', async () => {
    const { html, facts } = await printed(extremeMonth('with 200 labs in its table'));
    const labs = placeSections(readSource(html), facts).find(({ id }) => id === 'labs');
    const head = /<table class="[^"]*\blabs\b[^"]*">[\s\S]*?<thead>([\s\S]*?)<\/thead>/.exec(html)?.[1] ?? '';
    const columns = [...head.matchAll(/<th\b[^>]*>([^<]+)</g)].map(([, column = '']) => bare(column));
    expect(columns.length).toBeGreaterThan(4);
    const pages = (labs?.pages ?? []).filter((page) =>
      /Laboratory \d+/.test(facts.textByPage[page - 1] ?? ''),
    );
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages)
      for (const column of columns)
        expect(bare(facts.textByPage[page - 1] ?? ''), `page ${page}`).toContain(column);
  });
});

describe('the longest cover of an ordinary month', () => {
  it.each(completeLocales(templates).complete)('stays on one page in %s', async (locale) => {
    const { html, facts } = await printed(
      extremeMonth('with a long name, each source of another day'),
      locale,
    );
    expect(placeSections(readSource(html), facts)[0]?.pages).toEqual([1]);
    expect(
      judgePages(facts, html).filter(
        ({ outcome, detail }) => outcome !== 'passed' && /page [12]\b/.test(detail),
      ),
    ).toEqual([]);
  });
});

describe('names in five scripts', () => {
  it.each(completeLocales(templates).complete)(
    'in a page in %s are drawn, or marked, and stay in their column',
    async (locale) => {
      const told = await toldOf(named(Object.values(NAMES)), locale);
      expect(
        Object.keys(told).filter((id) => !LAYOUT.includes(id)),
        JSON.stringify(told),
      ).toEqual([]);
    },
  );
});

describe('a font without a glyph that the page needs', () => {
  it('stops the print, naming the text', async () => {
    const label = /("section\.usage\.title": ")[^"]*/;
    const cyrillic = withFile('locales/en/labels.json', (text) => text.replace(label, '$1Использование'));
    const told = await toldOf({ figures: figures(), templates: cyrillic });
    expect(Object.values(told).join()).toContain('Использование');
  });
});
