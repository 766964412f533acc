import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import pixelmatch from 'pixelmatch';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeConformance } from '../../functions/check/pdf-conformance.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { arabicJob, arabicReport, HEADINGS } from './arabic-fixture.ts';
import { BUDGET_MS } from './fixture.ts';
import { pixelsOf } from './pixels.ts';

const itemSchema = z.object({ str: z.string() });
const markSchema = z.object({ type: z.string(), id: z.string().nullish() });

/** Mozilla's reader's text of every marked part of the first page, by its name, and of all of them. */
async function readBack(pdf: Uint8Array): Promise<{ parts: Map<string, string>; tree: unknown }> {
  const reading = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
  const document = await reading.promise;
  const page = await document.getPage(1);
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const parts = new Map<string, string>();
  const open: string[] = [];
  for (const item of items) {
    const text = itemSchema.safeParse(item).data;
    const mark = markSchema.safeParse(item).data;
    if (mark?.type === 'endMarkedContent') open.pop();
    else if (mark?.type.startsWith('begin')) open.push(mark.id ?? open.at(-1) ?? 'margin');
    else if (text) parts.set(open.at(-1) ?? 'margin', (parts.get(open.at(-1) ?? 'margin') ?? '') + text.str);
  }
  const tree: unknown = await page.getStructTree();
  await reading.destroy();
  return { parts, tree };
}

const nodeSchema = z.object({
  role: z.string().optional(),
  id: z.string().optional(),
  children: z.array(z.unknown()).optional(),
});

/** The headings of a page's structure, each as the reader takes its text out. */
function headingsIn(tree: unknown, parts: ReadonlyMap<string, string>): [number, string][] {
  const node = nodeSchema.safeParse(tree).data;
  if (!node) return [];
  const textOf = (below: unknown): string => {
    const one = nodeSchema.parse(below);
    return (parts.get(one.id ?? '') ?? '') + (one.children ?? []).map(textOf).join('');
  };
  const level = /^H(\d)$/.exec(node.role ?? '')?.[1];
  if (level) return [[Number(level), textOf(node)]];
  return (node.children ?? []).flatMap((child) => headingsIn(child, parts));
}

const bare = (text: string) => text.replace(/\s/g, '');

describe('a report that is read from the right', () => {
  let printed: Uint8Array;
  let finished: Uint8Array;
  beforeAll(async () => {
    const { pdf, texts } = await browserPrinter(chromium({})).print(arabicReport(), arabicJob(), BUDGET_MS);
    printed = pdf;
    finished = await finishPdf(pdf, arabicJob(), [], texts);
  });

  it('keeps the rules of its standards', async () => {
    const faults = (await judgeConformance(finished)).filter(({ outcome }) => outcome !== 'passed');
    expect(faults.map(({ id, detail }) => `${id}: ${detail}`)).toEqual([]);
  });

  it('gives back the letters of every heading as they were written, which the browser’s file does not', async () => {
    const before = await readBack(printed);
    expect(headingsIn(before.tree, before.parts)[0]?.[1]).not.toBe(HEADINGS[0]?.[1]);
    const { parts, tree } = await readBack(finished);
    const written = headingsIn(tree, parts).map(([level, text]) => [level, bare(text)]);
    expect(written).toEqual(HEADINGS.map(([level, text]) => [level, bare(text)]));
  });

  it('gives back words whole, where a letter is drawn with several glyphs', async () => {
    const all = [...(await readBack(finished)).parts.values()].join('\n');
    for (const words of [
      'ميزان النماذج المفتوحة',
      'وهذا ما تتحدث عنه هذه الصفحة',
      'مؤشّر الأسعار والتراخيص لشهر يوليو',
    ])
      expect(all).toContain(words);
  });

  it('looks as it was printed', async () => {
    const [before, after] = [await pixelsOf(printed, 0), await pixelsOf(finished, 0)];
    const { width, height } = before;
    // Dots are moved by less than a thousandth of a letter's size, which changes no pixel by much.
    const changed = pixelmatch(before.data, after.data, undefined, width, height, { threshold: 0.3 });
    expect(changed).toBe(0);
  });

  it('says of Latin names that they are English', async () => {
    expect(await languagesOf(finished)).toEqual(['ar', 'en', 'en']);
  });
});

async function languagesOf(pdf: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(pdf, { updateMetadata: false });
  return context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => {
      if (!(object instanceof PDFDict) || !object.has(PDFName.of('S'))) return [];
      const language = object.lookup(PDFName.of('Lang'));
      return language instanceof PDFHexString || language instanceof PDFString ? [language.decodeText()] : [];
    })
    .sort();
}
