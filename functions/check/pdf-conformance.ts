import { PDFDocument } from '@cantoo/pdf-lib';
import type { Check } from '../compute/figures.ts';
import { ArchiveCorrupt } from '../errors.ts';
import { contentRules } from './pdf-conformance-content.ts';
import { fileRules } from './pdf-conformance-file.ts';
import { fontRules } from './pdf-conformance-fonts.ts';
import { tagRules } from './pdf-conformance-tags.ts';

/**
 * Holds a PDF against what its stamp says of it: that it is PDF/A-3u and PDF/UA-1. These are the rules of both standards
 * that the files of a browser are known to break; a validator knows all of them, and is run where there is Java.
 *
 * @throws ArchiveCorrupt if it cannot be read as a PDF
 * @see https://www.iso.org/standard/57229.html ISO 19005-3, PDF/A-3
 * @see https://www.iso.org/standard/64599.html ISO 14289-1, PDF/UA-1
 */
export async function judgeConformance(pdf: Uint8Array): Promise<Check[]> {
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true });
    return [
      ...fileRules(document, pdf),
      ...fontRules(document),
      ...tagRules(document),
      ...contentRules(document),
    ];
  } catch (cause) {
    throw new ArchiveCorrupt(
      `The PDF cannot be held against its standards: ${cause instanceof Error ? cause.message : String(cause)} (${pdf.length} bytes). Run again from print.`,
      { bytes: pdf.length },
      cause,
    );
  }
}
