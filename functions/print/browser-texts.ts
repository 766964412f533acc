import type { Page } from 'puppeteer-core';

/** A stretch of text as the document has it, in its language. */
export interface PageText {
  readonly text: string;
  /** BCP 47; empty where nothing says it. */
  readonly language: string;
}

/**
 * The texts of a page in reading order, one a text node, as far as they are shown: what its tags hold, in the same order,
 * but as it was written.
 */
export function textsOf(page: Page): Promise<PageText[]> {
  return page.evaluate(() => {
    const found: { text: string; language: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.nodeValue ?? '').replace(/[ \t\r\n\f]+/g, ' ');
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || parent.closest('script, style, svg')) continue;
      const before = found.at(-1);
      if (text.trim() === '') {
        if (before) before.text += ' ';
        continue;
      }
      const language = parent.closest('[lang]')?.getAttribute('lang') ?? '';
      found.push({ text, language });
    }
    return found;
  });
}
