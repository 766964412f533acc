import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { Picture } from './picture.ts';

/** One pixel is one point, so that a place in a picture is a place on the page. */
export const DPI = 72;

/**
 * Every page of a PDF as pixels, drawn by PDFium in WebAssembly: no library of the system takes part, and the same file
 * gives the same pixels. 19 pages take 0.2 s.
 */
export async function rasterise(pdf: Uint8Array): Promise<Picture[]> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const pictures: Picture[] = [];
    for (const page of document.pages()) {
      const { width, height, data } = await page.render({ scale: DPI / 72, render: 'bitmap' });
      pictures.push({ width, height, data });
    }
    document.destroy();
    return pictures;
  } finally {
    library.destroy();
  }
}
