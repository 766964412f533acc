import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFString } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeConformance } from '../../functions/check/pdf-conformance.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { contentsOf } from '../../functions/print/page-content.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { type Tag, tagsOf, typeOf } from '../../functions/print/tag-tree.ts';
import { BUDGET_MS, jobOf, reportOf } from '../print/fixture.ts';

const name = PDFName.of;
const job = jobOf({ pictures: [] });
const body = `<section><h2>More</h2><p>A <strong>strong</strong> and an <em>odd</em> word, <span lang="fr">bien entendu</span>.</p>
<ul><li>One</li><li><a href="#s1">Two</a></li></ul>
<figure><figcaption>A chart</figcaption><svg role="img" aria-label="China leads" width="60" height="20"><rect width="50" height="20"/></svg></figure></section>`;
const data = {
  name: 'figures.json',
  mediaType: 'application/json',
  description: 'Figures',
  body: new Uint8Array(9),
};

let printed: Uint8Array;
let finished: Uint8Array;
beforeAll(async () => {
  const prints = await browserPrinter(chromium({})).print(
    reportOf({ body, css: 'em{font-style:normal}' }),
    job,
    BUDGET_MS,
  );
  printed = prints.pdf;
  finished = await finishPdf(prints.pdf, job, [data], prints.texts);
});

/** The rules that a PDF breaks, without their common beginning. */
async function broken(pdf: Uint8Array): Promise<string[]> {
  const checks = await judgeConformance(pdf);
  return checks.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id.replace(/^pdf\./, ''));
}

async function changed(change: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await PDFDocument.load(finished, { updateMetadata: false });
  change(document);
  return document.save({ addDefaultPage: false, updateFieldAppearances: false });
}

function first(document: PDFDocument, type: string): Tag {
  const found = tagsOf(document).find(({ element }) => typeOf(element) === type);
  if (!found) throw new Error(`The document has no ${type}`);
  return found;
}

/** A font, a file or another dictionary of a type. */
function typed(document: PDFDocument, type: string): PDFDict[] {
  return document.context
    .enumerateIndirectObjects()
    .flatMap(([, one]) => (one instanceof PDFDict && one.get(name('Type')) === name(type) ? [one] : []));
}

describe('the stamp of a PDF', () => {
  it('is borne out by what print makes', async () => {
    expect(await broken(finished)).toEqual([]);
  });

  it('is refused to what the browser makes', async () => {
    expect(await broken(printed)).toEqual(
      expect.arrayContaining([
        'conformance-stamp',
        'output-intent',
        'tags-known',
        'lists-whole',
        'all-content-marked',
        'links-described',
      ]),
    );
  });

  it('says of every rule what would silently go wrong without it', async () => {
    const checks = await judgeConformance(finished);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { sentence } of checks) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });

  const faults: [what: string, rule: string, change: (document: PDFDocument) => void][] = [
    [
      'metadata that says nothing of PDF/UA',
      'conformance-stamp',
      (document) => inXmp(document, /<pdfuaid:part>1</, '<pdfuaid:part>2<'),
    ],
    [
      'a property of no declared schema',
      'conformance-stamp',
      (document) => inXmp(document, '<pdfuaid:part>', '<odd:thing>x</odd:thing><pdfuaid:part>'),
    ],
    [
      'a title that its properties say otherwise',
      'metadata-agrees',
      (document) => document.setTitle('Another'),
    ],
    ['no identifier', 'written-to-last', ({ context }) => delete context.trailerInfo.ID],
    [
      'an action on opening',
      'written-to-last',
      ({ catalog, context }) => catalog.set(name('OpenAction'), context.obj({})),
    ],
    ['no output intent', 'output-intent', ({ catalog }) => catalog.delete(name('OutputIntents'))],
    [
      'a title that is not displayed',
      'document-described',
      ({ catalog }) => catalog.delete(name('ViewerPreferences')),
    ],
    ['no language', 'document-described', ({ catalog }) => catalog.delete(name('Lang'))],
    ['no mark that it is tagged', 'document-described', ({ catalog }) => catalog.delete(name('MarkInfo'))],
    [
      'a file that does not say what it is to the document',
      'attachments-related',
      (document) => typed(document, 'Filespec')[0]?.delete(name('AFRelationship')),
    ],
    [
      'a file that the document does not know',
      'attachments-related',
      ({ catalog }) => catalog.delete(name('AF')),
    ],
    [
      'a font that is not inside',
      'fonts-kept',
      (document) => typed(document, 'FontDescriptor')[0]?.delete(name('FontFile2')),
    ],
    [
      'a font that does not say its letters',
      'glyphs-say-text',
      (document) => composite(document).delete(name('ToUnicode')),
    ],
    [
      'a type of tag that nobody knows',
      'tags-known',
      (document) => first(document, 'P').element.set(name('S'), name('Blurb')),
    ],
    [
      'a figure without words',
      'figures-described',
      (document) => first(document, 'Figure').element.delete(name('Alt')),
    ],
    [
      'a heading that skips a level',
      'headings-in-steps',
      (document) => first(document, 'H2').element.set(name('S'), name('H3')),
    ],
    [
      'an item of a list without its body',
      'lists-whole',
      (document) => first(document, 'LBody').element.set(name('S'), name('P')),
    ],
    ['a row without its last cell', 'table-heads', (document) => shorten(first(document, 'TR').element)],
    [
      'a head that does not say of what',
      'table-heads',
      (document) => first(document, 'TH').element.delete(name('A')),
    ],
    [
      'a language that is none',
      'languages-said',
      (document) => first(document, 'P').element.set(name('Lang'), PDFString.of('in French')),
    ],
    [
      'content that is neither tagged nor an artifact',
      'all-content-marked',
      (document) => inContent(document, /\/Artifact <<[^>]*>>\s*BDC/, '/Span BMC'),
    ],
    [
      'content that no tag holds',
      'all-content-marked',
      (document) => first(document, 'P').element.delete(name('K')),
    ],
    [
      'a link that says nothing of itself',
      'links-described',
      (document) => link(document).delete(name('Contents')),
    ],
    ['a link in no tag', 'links-described', (document) => first(document, 'Link').element.delete(name('K'))],
    [
      'a page whose tabs go another way',
      'tabs-in-order',
      (document) => document.getPage(0).node.delete(name('Tabs')),
    ],
  ];

  it.each(faults)('is refused to a file with %s', async (_, rule, change) => {
    expect(await broken(await changed(change))).toContain(rule);
  });

  it('is not looked for in what is no PDF', async () => {
    await expect(judgeConformance(new TextEncoder().encode('<html>'))).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
    });
  });
});

function inXmp(document: PDFDocument, from: string | RegExp, to: string): void {
  const stream = document.catalog.lookup(name('Metadata'));
  if (!(stream instanceof PDFRawStream)) throw new Error('The document has no metadata');
  const text = new TextDecoder().decode(stream.contents).replace(from, to);
  const fresh = document.context.stream(new TextEncoder().encode(text), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(name('Metadata'), document.context.register(fresh));
}

function inContent(document: PDFDocument, from: RegExp, to: string): void {
  const content = contentsOf(document)[0];
  if (!content || !from.test(content.text)) throw new Error('The first page has no such content');
  content.text = content.text.replace(from, to);
  content.save();
}

function composite(document: PDFDocument): PDFDict {
  const found = typed(document, 'Font').find((one) => one.has(name('ToUnicode')));
  if (!found) throw new Error('The document has no such font');
  return found;
}

function link(document: PDFDocument): PDFDict {
  const found = document.getPages().flatMap((page) => page.node.Annots()?.lookupMaybe(0, PDFDict) ?? [])[0];
  if (!found) throw new Error('The document has no link');
  return found;
}

function shorten(row: PDFDict): void {
  const cells = row.lookup(name('K'), PDFArray);
  cells.remove(cells.size() - 1);
}
