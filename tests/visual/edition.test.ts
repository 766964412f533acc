import { beforeAll, describe, expect, it } from 'vitest';
import { completeLocales } from '../../functions/render/locales.ts';
import { acceptedLanguages, BASELINE } from './accepted.ts';
import { inOneLine } from './compare-pages.ts';
import { CHANGED } from './evidence.ts';
import { isPlatformOfBaseline, OTHER_PLATFORM } from './platform.ts';
import { editorsTemplates, printRecording } from './printed-edition.ts';
import { rasterise } from './rasterise.ts';
import { type LanguagePages, reviewPages } from './review.ts';

const templates = await editorsTemplates();
const { complete } = completeLocales(templates);
const languages: LanguagePages[] = [];

beforeAll(async () => {
  for (const { language, direction, pdf } of await printRecording(templates, complete))
    languages.push({ language, direction, pages: await rasterise(pdf) });
}, 240_000);

describe('the pages of the recorded edition', () => {
  it('are of one size in every language, and show something', () => {
    for (const { language, pages } of languages)
      for (const [index, { width, height, data }] of pages.entries()) {
        const page = `${language} page ${index + 1}`;
        expect(`${page}: ${width} × ${height}`).toBe(`${page}: 594 × 841`);
        expect(
          data.some((value) => value < 100),
          page,
        ).toBe(true);
      }
  });

  if (isPlatformOfBaseline) {
    it('look as they were accepted; else see tests/visual/changed/index.html', async () => {
      const changed = await reviewPages(
        languages,
        { page: undefined },
        { baseline: BASELINE, changed: CHANGED },
      );
      expect(changed.map(inOneLine)).toEqual([]);
    });
  } else {
    it(`are not compared: ${OTHER_PLATFORM}`, () => {
      expect(languages.map(({ language }) => language)).toEqual(complete);
    });
  }

  it('are accepted in the languages that are made, and in no other', async () => {
    expect((await acceptedLanguages(BASELINE)).sort()).toEqual([...complete].sort());
  });
});
