import { beforeAll, describe, expect, it } from 'vitest';
import type { PdfFacts } from '../../functions/check/pdf.ts';
import { judgePdf } from '../../functions/check/pdf-judge.ts';
import { judgePages } from '../../functions/check/pdf-pages.ts';
import { type Changes, chart, printedFrom, sourceOf, WORDS } from './printed-report.ts';

/** The checks that do not pass, with what they found. */
function faultsOf(facts: PdfFacts, html: string): Record<string, string> {
  const wrong = judgePages(facts, html).filter(({ outcome }) => outcome !== 'passed');
  return Object.fromEntries(wrong.map(({ id, detail }) => [id, detail]));
}

/** What is wrong with a report that differs from the sound one, when it is printed as it is declared. */
async function faults(changes: Changes, words = WORDS.en): Promise<Record<string, string>> {
  const html = sourceOf(words, changes);
  return faultsOf(await printedFrom(html, words), html);
}

describe.each(Object.values(WORDS))('a sound report in $language', (words) => {
  const html = sourceOf(words);
  let facts: PdfFacts;
  beforeAll(async () => {
    facts = await printedFrom(html, words);
  });

  it('has no fault', () => {
    expect(faultsOf(facts, html)).toEqual({});
  });

  it('says its headline on the cover and its number on every page, in the order in which they are read', () => {
    const headline = words.prose.replace(/<[^>]*>/g, '');
    const found = judgePdf(facts, {
      title: '',
      language: words.language,
      onCover: [headline],
      families: words.faces.map(([family]) => family.replaceAll(' ', '')),
    });
    for (const id of ['pdf.says-on-cover', 'pdf.numbered', 'pdf.own-faces', 'pdf.no-missing-glyph'])
      expect(found).toContainEqual(expect.objectContaining({ id, outcome: 'passed' }));
  });

  it('whose page says more than its print lost that', () => {
    const [, second = ''] = words.sections;
    const more = sourceOf(words).replace(
      `<span>${second}</span></h2>`,
      `<span>${second}</span></h2><p>${'7'.repeat(400)}</p>`,
    );
    expect(faultsOf(facts, more)).toEqual({
      'pdf.nothing-lost': expect.stringMatching(new RegExp(`^“2 ${second}” lost \\d+ letters, of “7777`)),
    });
  });
});

describe('the judge of printed pages', () => {
  let facts: PdfFacts;
  const html = sourceOf(WORDS.en);
  beforeAll(async () => {
    facts = await printedFrom(html, WORDS.en);
  });

  it('says of every check what would silently go wrong without it', () => {
    const checks = judgePages(facts, html);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { sentence } of checks) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('sees a contents line that names another page', () => {
    const links = facts.links.map((link) => (link.to === 's2' ? { ...link, shows: '2 Usage 9' } : link));
    expect(faultsOf({ ...facts, links }, html)).toEqual({
      'pdf.contents': 'the contents say that “2 Usage” is on page 9, and it is on page 4',
    });
  });

  it('sees a section that the contents do not list', async () => {
    const { 'pdf.contents': found } = await faults({ css: 'li:nth-child(2){display:none}' });
    expect(found).toBe('the contents have no line of “2 Usage”');
  });

  it('sees a section that is not in print', () => {
    const lost = {
      ...facts,
      links: facts.links.filter(({ to }) => to !== 's3'),
      outline: facts.outline.filter(({ title }) => !title.includes('Licences')),
    };
    expect(faultsOf(lost, html)).toMatchObject({ 'pdf.contents': '“3 Licences” is on no page' });
  });

  it('sees a page without the head of its section', async () => {
    expect(await faults({ css: '@page page-s2 { @top-left { content: "1   Downloads" } }' })).toEqual({
      'pdf.running-heads': 'page 4 has not the head of “2 Usage”',
    });
  });

  it.each([
    [
      'a box that is too low',
      'height:21pt;overflow:hidden',
      'One line.<br>sees us now, as no one ever was',
      'sees us',
    ],
    ['a cell that is too narrow', 'width:36pt;overflow:hidden', 'MMMM', 'MMMM'],
    ['the edge of the page’s content', 'position:relative;left:-4pt', 'Out on the left', 'Out on the left'],
  ])('sees text that is cut off by %s', async (_, style, text, cut) => {
    expect(await faults({ body: `<div style="${style}">${text}</div>` })).toEqual({
      'pdf.no-clipped-text': expect.stringMatching(
        new RegExp(`^page 3: “${cut}.*” at \\d+ pt from the left, \\d+ pt from the top$`),
      ),
    });
  });

  it('sees text of which nothing is left', async () => {
    const body = '<div style="height:13pt;overflow:hidden">One line.<br>Nothing is seen.</div>';
    expect(await faults({ body })).toEqual({
      'pdf.nothing-lost': '“1 Downloads” lost 13 letters, of “Nothing is seen.”',
    });
  });

  it('does not mind text for screen readers alone', async () => {
    expect(await faults({ body: '<p><span class="hidden">Bars of every maker</span> shown</p>' })).toEqual(
      {},
    );
  });

  it('sees text that lies on other text', async () => {
    const body = '<p style="height:0">Downloads of July</p><p style="margin:0 0 14pt">Downloads of June</p>';
    expect(await faults({ body, css: '#s1 p{margin:0}' })).toEqual({
      'pdf.no-overlapping-text': expect.stringContaining('on “Downloads of Ju'),
    });
  });

  it('does not mind a label of a chart that is transparent, since it would lie on another', async () => {
    const labels = [0, 1].map(
      (opacity) => `<text y="20" font-size="14" opacity="${opacity}">1 July ${opacity}</text>`,
    );
    expect(await faults({ body: `<svg width="90" height="30">${labels.join('')}</svg>` })).toEqual({});
  });

  it.each([
    ['has axes alone', chart(''), '“1 Downloads”: the chart “Three bars.” has no marks, only its axes'],
    [
      'has bars of no length',
      chart('<path d="M0,0h0v20h0Z" fill="#bf3022"/>'),
      'has no marks, only its axes',
    ],
    [
      'is neither there nor said to be empty',
      '<figure class="exhibit"><figcaption><p>Bars</p></figcaption><p class="source">Source</p></figure>',
      '“1 Downloads”: the exhibit “Bars” shows nothing and does not say why',
    ],
  ])('sees a chart that %s', async (_, drawing, complaint) => {
    expect(await faults({ chart: drawing })).toEqual({
      'pdf.charts-drawn': expect.stringContaining(complaint),
    });
  });

  it('sees a chart whose bars did not come into print', async () => {
    expect(await faults({ css: '.role-mark{display:none}' })).toEqual({
      'pdf.charts-drawn': '“1 Downloads”: the chart “Three bars.” has 1 of 4 lines and areas in print',
    });
  });

  it('counts bars that are pale as a whole, which are painted as groups of their own', async () => {
    const pale = [60, 90].map(
      (width) => `<path d="M0,${width}h${width}v20h-${width}Z" fill="#17376b" stroke="white" opacity="0.4"/>`,
    );
    expect(await faults({ chart: chart(pale.join('')) })).toEqual({});
  });

  it('does not mind an exhibit that says there is nothing to draw', async () => {
    const drawing =
      '<figure class="exhibit"><figcaption><p>Bars</p></figcaption>Nothing to draw this month.<p class="source">Source</p></figure>';
    expect(await faults({ chart: drawing })).toEqual({});
  });

  it('sees a page that is less than a third full, unless it is the last or says why', async () => {
    const css = '#s1 > p{display:none} #s1{height:150pt;overflow:visible}';
    const thin = sourceOf(WORDS.en, { css }).replace(
      /(<section id="s1">.*?)(<p>.*?<\/p>)+<\/section>/s,
      '$1</section>',
    );
    const printed = await printedFrom(thin, WORDS.en);
    expect(faultsOf(printed, thin)).toEqual({
      'pdf.no-thin-page': expect.stringMatching(
        /^page 3, “1 Downloads”, is \d+ % full, at least 33 % are wanted$/,
      ),
    });
    const excused = thin.replace('<section id="s1">', '<section id="s1" data-short="not measured">');
    expect(faultsOf(printed, excused)).toEqual({});
  });

  it('sees a file that is too large to be mailed', () => {
    expect(faultsOf({ ...facts, bytes: 1_600_000 }, html)).toEqual({
      'pdf.size': '1.60 MB with what is attached, at most 1.5 MB',
    });
  });
});
