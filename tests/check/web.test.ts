import { describe, expect, it } from 'vitest';
import { type ExpectedWeb, judgeWeb } from '../../functions/check/web.ts';

const faults = (html: string, expected?: ExpectedWeb) =>
  judgeWeb(html, expected).filter(({ outcome }) => outcome !== 'passed');
const wrong = (html: string) =>
  faults(`<!doctype html><html lang="en" dir="ltr">${html}`).map(({ id }) => id);

describe('judging the web page', () => {
  it('lets links, inline pictures, inline styles and fonts pass', () => {
    expect(
      wrong(
        '<a href="https://openrouter.ai">x</a><img alt="" src="data:image/png;base64,AA"><style>@font-face{src:url(data:font/woff2;base64,AA)}</style><link rel="canonical" href="https://a.org">',
      ),
    ).toEqual([]);
  });

  it.each([
    '<img src="https://a.org/x.png">',
    '<img alt="" src=/x.png>',
    '<link rel="stylesheet" href="x.css">',
    '<style>@import "https://a.org/x.css"</style>',
    '<style>a{background:url(https://a.org/x.png)}</style>',
    '<iframe src="file:///etc/passwd"></iframe>',
  ])('refuses what loads from outside: %s', (html) => {
    expect(wrong(html)).toContain('web.stands-alone');
  });

  it.each(['<script>1</script>', '<p onclick="x()">', '<a href="javascript:x()">x</a>'])(
    'refuses what runs: %s',
    (html) => {
      expect(wrong(html)).toContain('web.runs-nothing');
    },
  );

  it.each(['<p>{{share}}</p>', '<p>undefined</p>', '<td>NaN</td>', '<p>[object Object]</p>'])(
    'refuses the trace of a template: %s',
    (html) => {
      expect(wrong(html)).toEqual(['web.no-leftovers']);
    },
  );

  it('does not take the inside of a style for a trace', () => {
    expect(wrong('<style>@media print{a{color:red}}</style><p>Undefinedness</p>')).toEqual([]);
  });

  it('refuses the end of a tag among the words: an attribute was closed too early', () => {
    expect(wrong('<meta name="description" content="a <bdi dir="ltr">87%</bdi>">')).toEqual([
      'web.no-leftovers',
    ]);
  });

  it.each([
    ['<svg viewBox="0 0 1 1"></svg>', 'web.names'],
    ['<svg aria-label=" "></svg>', 'web.names'],
    ['<img src="data:image/png;base64,AA">', 'web.names'],
    ['<div role="region" tabindex="0"></div>', 'web.names'],
    ['<a href="#usage">x</a>', 'web.places'],
    ['<p id="a"></p><p id="a"></p>', 'web.places'],
    ['<div role="region" aria-labelledby="nobody"></div>', 'web.places'],
    [`<p>${'多'.repeat(133_334)}</p>`, 'web.weight'],
  ])('refuses what is nameless, leads nowhere or weighs too much, example %#', (html, id) => {
    expect(wrong(html)).toEqual([id]);
  });

  it('lets pass what has a name, what is hidden from readers aloud, and links that lead somewhere', () => {
    expect(
      wrong(
        '<svg role="img" aria-label="Two bars"></svg><svg aria-hidden="true"></svg><a href="#a">x</a><p id="a"></p><div role="region" aria-labelledby="a"></div>',
      ),
    ).toEqual([]);
  });

  it.each(['<html>', '<html lang="english" dir="ltr">', '<html lang="ar">', '<html lang="ar" dir="auto">'])(
    'refuses a page that does not say its language and direction: %s',
    (html) => {
      expect(faults(`<!doctype html>${html}`).map(({ id }) => id)).toContain('web.language');
    },
  );

  describe('of which is known where it will lie', () => {
    const expected: ExpectedWeb = {
      language: 'ar',
      direction: 'rtl',
      files: new Set([
        'ar/report.pdf',
        'ar/charts/usage.svg',
        'tables/usage.csv',
        'en/web.html',
        'ar/web.html',
      ]),
      locales: ['en', 'ar'],
    };
    const page = (links: string) => `<!doctype html><html lang="ar" dir="rtl">${links}`;

    it('lets links to what is published with it pass', () => {
      const links =
        '<a href="report.pdf">1</a><a href="charts/usage.svg">2</a><a href="../tables/usage.csv">3</a><a href="../en/web.html">4</a><a href="https://openrouter.ai">5</a><a href="mailto:a@b.org">6</a>';
      expect(faults(page(links), expected)).toEqual([]);
    });

    it('refuses a link to a table that is not', () => {
      expect(faults(page('<a href="../tables/gone.csv">x</a>'), expected)).toMatchObject([
        { id: 'web.files', outcome: 'refuse', detail: 'tables/gone.csv' },
      ]);
    });

    it('warns of a language that was not made with the others', () => {
      expect(faults(page('<a href="../fr/web.html">x</a>'), expected)).toMatchObject([
        { id: 'web.languages', outcome: 'warning', detail: 'fr/web.html' },
      ]);
    });

    it('refuses another language, or another direction', () => {
      expect(faults('<!doctype html><html lang="fr" dir="ltr">', expected)).toMatchObject([
        { id: 'web.language', detail: 'lang="fr" instead of "ar" dir="ltr" instead of "rtl"' },
      ]);
    });
  });
});
