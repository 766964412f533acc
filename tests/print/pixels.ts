import { PDFiumLibrary } from '@hyzyla/pdfium';

/**
 * A page of a PDF as pixels, drawn by the engine of Chrome's reader; so large that it sets no letter to whole pixels.
 */
export async function pixelsOf(
  pdf: Uint8Array,
  page: number,
): Promise<{ data: Uint8Array; width: number; height: number }> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const { data, width, height } = await document.getPage(page).render({ scale: 6, render: 'bitmap' });
    document.destroy();
    return { data: new Uint8Array(data), width, height };
  } finally {
    library.destroy();
  }
}
