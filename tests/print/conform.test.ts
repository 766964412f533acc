import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { contentsOf } from '../../functions/print/page-content.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { srgbProfile } from '../../functions/print/srgb-profile.ts';
import { kidsOf, type Tag, tagsOf, typeOf } from '../../functions/print/tag-tree.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';
import { pixelsOf } from './pixels.ts';

const name = PDFName.of;
const job = jobOf({
  pictures: [],
  url: 'https://balance.example/2026-07/',
  publication: {
    publisher: 'The house',
    licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    edition: '2026-07',
    citations: ['Source: A & B, as of July.'],
  },
  corrections: [{ corrects: 'r1', because: 'A number was wrong.', at: '2026-09-01T00:00:00.000Z' }],
});
const body = `<section><h2>More</h2><p>A <strong>strong</strong> word, <span lang="fr">bien entendu</span>.</p>
<ul><li>One</li><li><a href="#s1">Two</a></li></ul>
<table><thead><tr><th scope="col">Maker</th><th scope="col">Share</th><th scope="col">Change</th></tr></thead>
<tbody><tr><th scope="row">A</th><td>1</td><td>2</td></tr><tr><th scope="row">B</th><td></td><td>3</td></tr></tbody></table>
<figure><figcaption>A chart</figcaption><svg role="img" aria-label="China leads" width="60" height="20"><rect width="50" height="20"/></svg></figure></section>`;
const figures = {
  name: 'figures.json',
  mediaType: 'application/json',
  description: '',
  body: new Uint8Array(3),
};

describe('a PDF for archives and screen readers', () => {
  let printed: Uint8Array;
  let finished: Uint8Array;
  let document: PDFDocument;
  let tags: Tag[];
  beforeAll(async () => {
    const html = reportOf({ body, css: 'h2{border-bottom:1px solid}' });
    const prints = await browserPrinter(chromium({})).print(html, job, BUDGET_MS);
    printed = prints.pdf;
    finished = await finishPdf(prints.pdf, job, [figures], prints.texts);
    document = await PDFDocument.load(finished, { updateMetadata: false });
    tags = tagsOf(document);
  });

  const typesIn = (tag: Tag | undefined) =>
    tag
      ? kidsOf(tag.element).flatMap((kid) => {
          const element = document.context.lookup(kid);
          return element instanceof PDFDict ? [typeOf(element)] : [];
        })
      : [];

  it('looks as it was printed', async () => {
    const [before, after] = [await pixelsOf(printed, 3), await pixelsOf(finished, 3)];
    expect(Buffer.from(after.data).equals(before.data)).toBe(true);
  });

  it('says which types of tag stand for which', () => {
    const roles = document.catalog.lookup(name('StructTreeRoot'), PDFDict).lookup(name('RoleMap'), PDFDict);
    expect(String(roles.get(name('Strong')))).toBe('/Span');
  });

  it('gives every item of a list a label and a body', () => {
    const items = tags.filter(({ element }) => typeOf(element) === 'LI').map(typesIn);
    expect(items).toEqual([
      ['Lbl', 'LBody'],
      ['Lbl', 'LBody'],
    ]);
  });

  it('calls a figure what has words, and a group what holds one', () => {
    const found = tags.filter(({ element }) => typeOf(element) === 'Figure');
    expect(found.map(({ element }) => textAt(element, 'Alt'))).toEqual(['China leads']);
    expect(found.map(({ parent }) => parent && typeOf(parent.element))).toEqual(['Div']);
  });

  it('gives a row its empty cell back where it was', () => {
    const rows = tags.filter(({ element }) => typeOf(element) === 'TR');
    expect(rows.slice(-3).map(typesIn)).toEqual([
      ['TH', 'TH', 'TH'],
      ['TH', 'TD', 'TD'],
      ['TH', 'TD', 'TD'],
    ]);
    const last = rows.at(-1);
    const cells = tags.filter(({ parent }) => parent === last).map(({ element }) => kidsOf(element).length);
    expect(cells).toEqual([1, 0, 1]);
  });

  it('says of a text in another language which it is', () => {
    const said = tags.flatMap(({ element }) => {
      const language = textAt(element, 'Lang');
      return language === '' ? [] : [`${typeOf(element)} ${language}`];
    });
    expect(said).toEqual(['Document en', 'Span fr']);
  });

  it('gives every link the words it is read out by', () => {
    const words = document
      .getPages()
      .flatMap((page) =>
        (page.node.Annots()?.asArray() ?? []).map((one) =>
          textAt(document.context.lookup(one, PDFDict), 'Contents'),
        ),
      );
    expect(words).toEqual(['First section', 'Elsewhere', 'Two']);
  });

  it('sets aside page numbers as pagination, and rules as layout', () => {
    const [cover, first] = contentsOf(document).map(({ text }) => text);
    expect(cover).toMatch(/\/Artifact <<\/Type \/Pagination \/Subtype \/Footer [^>]*>> BDC\s+BT/);
    expect(first).toMatch(/\/Artifact <<\/Type \/Layout>> BDC\s+[\d. ]+ re\s+f/);
  });

  it('names its publisher, edition, licence, sources, figures and what it corrects', () => {
    const xmp = xmpOf(document);
    for (const said of [
      '<dc:publisher><rdf:Bag><rdf:li>The house</rdf:li></rdf:Bag></dc:publisher>',
      '<balance:edition>2026-07</balance:edition>',
      '<xmpRights:WebStatement>https://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>',
      'Source: A &amp; B, as of July.',
      '<balance:figures>709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c</balance:figures>',
      '<balance:corrects><rdf:Bag><rdf:li>r1</rdf:li></rdf:Bag></balance:corrects>',
      '<dc:identifier>https://balance.example/2026-07/</dc:identifier>',
    ])
      expect(xmp).toContain(said);
  });

  it('is named in its metadata as in its trailer', () => {
    const id = String(document.context.trailerInfo.ID).match(/[0-9a-f]{32}/)?.[0] ?? '';
    const xmp = xmpOf(document);
    expect(xmp).toContain(
      `<xmpMM:InstanceID>uuid:${id.slice(0, 8)}-${id.slice(8, 12)}-8${id.slice(13, 16)}-`,
    );
  });
});

describe('the profile of the colours', () => {
  it('is one of a screen in three colours, whole, and the same every time', () => {
    const profile = Buffer.from(srgbProfile());
    expect(profile.readUInt32BE(0)).toBe(profile.length);
    expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ');
    expect(profile.length).toBeLessThan(3_000);
    expect(profile.equals(srgbProfile())).toBe(true);
  });
});

function xmpOf({ catalog }: PDFDocument): string {
  const stream = catalog.lookup(name('Metadata'));
  return stream instanceof PDFRawStream ? new TextDecoder().decode(stream.contents) : '';
}

function textAt(element: PDFDict, key: string): string {
  const text = element.lookup(name(key));
  return text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : '';
}
