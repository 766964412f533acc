import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeCharts } from '../../functions/check/charts.ts';
import { judgeWeb } from '../../functions/check/web.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { type WebEdition, writeWebEdition } from '../../functions/render/web-edition.ts';
import { directionOf } from '../../functions/render/writing.ts';
import { figures, templates } from '../render/fixture.ts';
import { look, type Seen } from './look.ts';

const LANGUAGES = completeLocales(templates).complete;

const editions = new Map<string, WebEdition>();
const seen = new Map<string, Seen>();

beforeAll(async () => {
  for (const language of LANGUAGES)
    editions.set(language, await writeWebEdition(figures(), templates, language));
  await chromium(process.env).use(200_000, async ({ browser }) => {
    for (const [language, { page }] of editions) seen.set(language, await look(browser, page));
  });
}, 240_000);

const edition = (language: string): WebEdition => editions.get(language) ?? { page: '', charts: new Map() };
const of = (language: string): Seen => {
  const one = seen.get(language);
  if (!one) throw new Error(`the page in ${language} was not looked at`);
  return one;
};
const idsOf = ({ page }: WebEdition) => [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);

/** Where the files of an edition lie, as they are published. */
const published = () =>
  new Set([
    ...[...Object.keys(figures().tables), ...Object.keys(figures().series), 'figures'].map(
      (id) => `tables/${id}.csv`,
    ),
    ...LANGUAGES.flatMap((language) => [
      `${language}/web.html`,
      `${language}/report.pdf`,
      ...[...edition(language).charts.keys()].map((name) => `${language}/charts/${name}.svg`),
    ]),
  ]);

describe.each(LANGUAGES)('the web edition in %s', (language) => {
  it('has no fault of accessibility on a phone and on a desk, light and dark', () => {
    expect(of(language).accessibility).toEqual([]);
  });

  it('is reached by keyboard, link by link and table by table, and shows where one is', () => {
    const { expected, reached, unseen } = of(language).walk;
    expect(reached).toEqual(expected);
    expect(unseen).toEqual([]);
  });

  it('has charts whose letters can be read at 360 pixels and at 1280, light and dark', () => {
    expect(of(language).charts).toEqual([]);
  });

  it('is no wider than a screen of 360 pixels', () => {
    expect(of(language).overflow).toBeLessThanOrEqual(0);
  });

  it('asks for nothing, and the browser has nothing to say of it', () => {
    expect(of(language).faults).toEqual([]);
  });

  it('is drawn in the faces that it brings', () => {
    expect(of(language).foreign).toEqual([]);
  });

  it('is judged without fault, under 400 KB, with every link to a file that is published', () => {
    const checks = judgeWeb(edition(language).page, {
      language,
      direction: directionOf(language),
      files: published(),
      locales: LANGUAGES,
    });
    expect(checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it('offers each chart as a picture that is a whole XML document with a title', () => {
    const { charts, page } = edition(language);
    expect(charts.size).toBeGreaterThanOrEqual(8);
    expect(judgeCharts(charts, [...charts.keys()])[0]?.detail).toBe(`${charts.size} charts as files`);
    for (const [name, svg] of charts) {
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      parser.write(svg).close();
      expect(page).toContain(`href="charts/${name}.svg"`);
    }
  });

  it('has the same places to link to as the English one', () => {
    expect(idsOf(edition(language))).toEqual(idsOf(edition('en')));
  });

  it('names its other languages in their own words', () => {
    const { page } = edition(language);
    for (const other of LANGUAGES.filter((one) => one !== language))
      expect(page).toContain(`href="../${other}/web.html" hreflang="${other}"`);
    expect(page).not.toContain(`<a href="../${language}/web.html"`);
  });
});

describe('the places of the web edition', () => {
  it('have names that do not change with words or figures', () => {
    const ids = idsOf(edition('en'));
    for (const id of [
      'headline',
      'usage',
      'chart-balance',
      'chart-usage-daily',
      'table-usage-top',
      'month-sentence-usage',
    ])
      expect(ids).toContain(id);
  });

  it('each have a link with a name, and no link has no place', () => {
    const { page } = edition('en');
    const links = [...page.matchAll(/<a class="permalink" href="#([^"]+)" aria-label="Link to: ([^"]+)"/g)];
    const tables = [...page.matchAll(/<caption id/g)].length;
    const figures = [...page.matchAll(/<figure\b/g)].length;
    expect(links.length).toBeGreaterThan(tables + figures);
    expect(idsOf(edition('en'))).toEqual(expect.arrayContaining(links.map(([, id]) => id)));
    expect(new Set(links.map(([, , name]) => name)).size).toBe(links.length);
  });
});
