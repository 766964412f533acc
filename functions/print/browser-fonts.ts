import type { Page } from 'puppeteer-core';
import { z } from 'zod';
import { PrintFailed } from '../errors.ts';

const node = z.object({
  nodeId: z.int(),
  nodeType: z.int(),
  nodeName: z.string(),
  nodeValue: z.string(),
  get children() {
    return z.array(node).optional();
  },
});
type Node = z.infer<typeof node>;

const used = z.object({
  fonts: z.array(
    z.object({ familyName: z.string(), postScriptName: z.string().optional(), isCustomFont: z.boolean() }),
  ),
});

/**
 * Loads the faces a document must be printed in: one that is missing would be replaced by another, silently.
 *
 * @param wanted CSS font shorthands
 * @returns the families they belong to
 * @throws PrintFailed `font-missing` if one is not declared, or its file is damaged
 */
export async function loadFaces(page: Page, wanted: readonly string[]): Promise<readonly string[]> {
  const answers = await page.evaluate((shorthands) => {
    // One character of every face, so that those of a part of the characters are loaded as well.
    const text = [...document.fonts]
      .map(({ unicodeRange }) => String.fromCodePoint(Number.parseInt(unicodeRange.slice(2), 16)))
      .join('');
    return Promise.all(
      shorthands.map((shorthand) =>
        document.fonts.load(shorthand, `${text} `).then(
          (faces) => ({
            shorthand,
            families: faces.filter(({ status }) => status === 'loaded').map(({ family }) => family),
            why: '',
          }),
          (error) => ({ shorthand, families: [], why: ` (${error})` }),
        ),
      ),
    );
  }, wanted);
  const missing = answers.filter(({ families }) => families.length === 0);
  const [first] = missing;
  if (first) {
    throw new PrintFailed(
      'font-missing',
      `The document has no working face for ${missing.map(({ shorthand, why }) => `${shorthand}${why}`).join(', ')}. Embed each weight that is used, with @font-face and a data: URL of a static WOFF2 file.`,
      { face: first.shorthand },
    );
  }
  const families = answers.flatMap((one) => one.families.map((name) => name.replace(/^["']|["']$/g, '')));
  return [...new Set(families)];
}

/** Text that is shown in another face than the document's own, and in which. */
export interface ForeignText {
  readonly text: string;
  readonly face: string;
}

/**
 * Asks the browser, element by element, which fonts it drew with: exact, and slow.
 *
 * @returns texts in faces of the system, and the PostScript names of the document's own faces
 */
export async function drawnWith(page: Page): Promise<{ foreign: ForeignText[]; own: Set<string> }> {
  const session = await page.createCDPSession();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = z.object({ root: node }).parse(await session.send('DOM.getDocument', { depth: -1 }));
  const foreign: ForeignText[] = [];
  const own = new Set<string>();
  for (const { nodeId, children = [] } of elements(root)) {
    const texts = children.filter(({ nodeType }) => nodeType === TEXT).map(({ nodeValue }) => nodeValue);
    const text = texts.join(' ').replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    const { fonts } = used.parse(await session.send('CSS.getPlatformFontsForNode', { nodeId }));
    for (const { familyName, postScriptName = familyName, isCustomFont } of fonts) {
      if (isCustomFont) own.add(postScriptName);
      else foreign.push({ text: text.slice(0, 80), face: familyName });
    }
  }
  return { foreign, own };
}

/** The number the document object model gives to text. */
const TEXT = 3;

function* elements(from: Node): Generator<Node> {
  if (/^(head|style|script|template)$/i.test(from.nodeName)) return;
  yield from;
  for (const child of from.children ?? []) yield* elements(child);
}
