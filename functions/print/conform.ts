import { type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import { withArtifacts } from './artifacts.ts';
import { nameBookmarks } from './bookmarks.ts';
import type { PageText } from './browser-texts.ts';
import { MarkedText } from './marked-text.ts';
import { setOutputIntent } from './output-intent.ts';
import { contentsOf } from './page-content.ts';
import { setInReadingOrder } from './reading-order.ts';
import { respell } from './respell.ts';
import { setRulesAside } from './rules.ts';
import { saidTexts } from './said-texts.ts';
import { renumberTagIds } from './tag-ids.ts';
import { completeTables } from './tag-tables.ts';
import { describeLinks, sayActualTexts, sayLanguages } from './tag-texts.ts';
import { tagsOf } from './tag-tree.ts';
import { standardiseTags } from './tag-types.ts';

/**
 * Makes of a browser's tagged PDF one that archives and screen readers are promised: PDF/A-3u and PDF/UA-1, as far as a
 * machine can tell. What the pages look like stays as it is.
 *
 * @param texts what the document says, in reading order
 * @throws PrintFailed `not-a-pdf` if its pages are not written as Chromium writes them
 * @see https://www.iso.org/standard/57229.html ISO 19005-3
 * @see https://www.iso.org/standard/64599.html ISO 14289-1
 */
export function conform(document: PDFDocument, job: PrintJob, texts: readonly PageText[]): void {
  try {
    mend(document, job, texts);
  } catch (cause) {
    throw new PrintFailed(
      'not-a-pdf',
      `The browser’s PDF is not written as we know it: ${cause instanceof Error ? cause.message : String(cause)}. If CHROME_PATH is set, unset it to print with the browser that comes with the program; else it has to be taught here.`,
      {},
      cause,
    );
  }
}

function mend(document: PDFDocument, job: PrintJob, texts: readonly PageText[]): void {
  renumberTagIds(document);
  const contents = contentsOf(document);
  respell(contents);
  setRulesAside(document, contents);
  const tags = tagsOf(document);
  const shown = new MarkedText(contents);
  const words = { tags, shown, said: saidTexts(tags, shown, texts) };
  describeLinks(document, words);
  nameBookmarks(document, words);
  sayLanguages(words, job.language);
  if (job.direction === 'rtl') {
    setInReadingOrder(contents, tags, words.said);
    sayActualTexts({ ...words, shown: new MarkedText(contents) });
  }
  standardiseTags(document);
  completeTables(document);
  for (const content of contents) {
    content.text = withArtifacts(content);
    content.save();
  }
  for (const page of document.getPages()) page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
  setOutputIntent(document);
}
