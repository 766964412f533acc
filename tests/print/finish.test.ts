import { AFRelationship, PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectPdf } from '../../functions/check/pdf.ts';
import { PrintFailed } from '../../functions/errors.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { type Attachment, finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const attachments: Attachment[] = [
  { name: 'figures.json', mediaType: 'application/json', description: 'Every figure', body: bytes('{}') },
  { name: 'downloads.csv', mediaType: 'text/csv', description: 'Downloads by country', body: bytes('a,b') },
];
const load = (pdf: Uint8Array) => PDFDocument.load(pdf, { updateMetadata: false });

async function xmpOf(pdf: Uint8Array): Promise<string> {
  const { catalog } = await load(pdf);
  const stream = catalog.lookup(PDFName.of('Metadata'));
  return stream instanceof PDFRawStream ? new TextDecoder().decode(stream.contents) : '';
}

describe('a finished PDF', () => {
  let printed: Uint8Array;
  let finished: Uint8Array;
  beforeAll(async () => {
    ({ pdf: printed } = await browserPrinter(chromium({})).print(
      reportOf(),
      jobOf({ pictures: [] }),
      BUDGET_MS,
    ));
    finished = await finishPdf(printed, jobOf(), attachments);
  });

  it('says its title, subject, author, keywords, language and the edition’s own date', async () => {
    const document = await load(finished);
    expect(document.getTitle()).toBe('Balance, July 2026');
    expect(document.getSubject()).toBe('Chinese open models served 87% of open tokens.');
    expect(document.getAuthor()).toBe('The publisher');
    expect(document.getKeywords()).toBe('open models balance');
    expect(document.getCreationDate()?.toISOString()).toBe('2026-08-22T00:05:21.000Z');
    expect(document.getModificationDate()?.toISOString()).toBe('2026-08-22T00:05:21.000Z');
    const preferences = document.catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict);
    expect(preferences.get(PDFName.of('DisplayDocTitle'))?.toString()).toBe('true');
    expect((await inspectPdf(finished)).language).toBe('en');
  });

  it('says the same in its metadata as in its properties', async () => {
    const xmp = await xmpOf(finished);
    for (const said of ['Balance, July 2026', 'The publisher', '2026-08-22T00:05:21Z', 'open models balance'])
      expect(xmp).toContain(said);
  });

  it('keeps in its metadata what XML would take for markup, and drops what XML has no place for', async () => {
    const odd = { title: 'A <b> & "c" \u0000\u0007 {{d}} \ud800', subject: 'x]]>y' };
    const xmp = await xmpOf(await finishPdf(printed, jobOf(odd), []));
    expect(xmp).toContain('A &lt;b&gt; &amp; "c" \ufffd\ufffd {{d}} \ufffd');
    expect(xmp).toContain('x]]&gt;y');
  });

  it('carries its figures inside as what it was written from, and its tables as data, in the order of the names', async () => {
    const document = await load(finished);
    expect(document.getAttachments().map(({ name, data }) => [name, new TextDecoder().decode(data)])).toEqual(
      [
        ['downloads.csv', 'a,b'],
        ['figures.json', '{}'],
      ],
    );
    const relations = document.context
      .enumerateIndirectObjects()
      .flatMap(([, object]) =>
        object instanceof PDFDict ? (object.get(PDFName.of('AFRelationship')) ?? []) : [],
      );
    expect(relations.map(String)).toEqual([`/${AFRelationship.Data}`, `/${AFRelationship.Source}`]);
  });

  it('keeps its bookmarks, faces and texts', async () => {
    const { pages: _, ...before } = await inspectPdf(printed);
    const after = await inspectPdf(finished);
    expect(after).toMatchObject({ tagged: true, outline: before.outline, fonts: before.fonts });
    expect(after.textByPage).toEqual(before.textByPage);
  });

  it('has an identifier that changes with anything inside', async () => {
    const idOf = async (pdf: Uint8Array) => (await load(pdf)).context.trailerInfo.ID?.toString();
    const own = await idOf(finished);
    expect(own).toMatch(/^\[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]$/);
    expect(await idOf(await finishPdf(printed, jobOf(), [...attachments].reverse()))).toBe(own);
    expect(await idOf(await finishPdf(printed, jobOf({ keywords: [] }), attachments))).not.toBe(own);
    expect(await idOf(await finishPdf(printed, jobOf(), attachments.slice(1)))).not.toBe(own);
  });

  it('has the same bytes whatever numbers the browser gave to the tags of a table', async () => {
    const other = await load(printed);
    let renamed = 0;
    for (const [, object] of other.context.enumerateIndirectObjects()) {
      const text = object.toString();
      if (!(object instanceof PDFDict) || !text.includes('(node0')) continue;
      const moved = text.replace(/\(node(\d{8})\)/g, (_, digits) => {
        renamed++;
        return `(node${String(Number(digits) + 37).padStart(8, '0')})`;
      });
      const again = await reparsed(moved);
      for (const key of object.keys()) object.delete(key);
      for (const [key, value] of again.entries()) object.set(key, value);
    }
    expect(renamed).toBeGreaterThan(8);
    const shifted = await other.save({ useObjectStreams: false });
    expect(Buffer.from(shifted).toString('latin1')).not.toBe(Buffer.from(printed).toString('latin1'));
    const [one, two] = await Promise.all([
      finishPdf(printed, jobOf(), attachments),
      finishPdf(shifted, jobOf(), attachments),
    ]);
    expect(Buffer.compare(one, two)).toBe(0);
  });

  it('cannot carry two files of one name', async () => {
    const twice = [...attachments, ...attachments.slice(0, 1)];
    const error = await finishPdf(printed, jobOf(), twice).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(PrintFailed);
    expect(error).toMatchObject({ way: 'bad-document', message: expect.stringContaining('figures.json') });
  });

  it.each([
    ['an error page', '<!doctype html><p>Sorry'],
    ['nothing', ''],
    ['half a PDF', '%PDF-1.7\n1 0 obj'],
  ])('is not made of %s', async (_, text) => {
    const error = await finishPdf(bytes(text), jobOf(), []).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'PrintFailed', way: 'not-a-pdf' });
  });
});

/** A dictionary read back from its text; only what the test needs. */
async function reparsed(text: string): Promise<PDFDict> {
  const { PDFObjectParser, PDFContext } = await import('@cantoo/pdf-lib');
  const parser = PDFObjectParser.forBytes(bytes(text), PDFContext.create());
  const parsed = parser.parseObject();
  if (!(parsed instanceof PDFDict)) throw new Error('Not a dictionary');
  return parsed;
}
