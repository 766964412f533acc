import { describe, expect, it } from 'vitest';
import { BadRequest } from '../../functions/errors.ts';
import { readDataGuide } from '../../functions/render/data-guide.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { openNumbers } from '../../functions/render/numbers.ts';
import { render } from '../../functions/render/render.ts';
import { sentenceKeys } from '../../functions/render/sentences.ts';
import type { Templates } from '../../functions/render/templates.ts';
import { SENTENCES } from '../../functions/sentences.ts';
import { figures, templates } from './fixture.ts';

/** Words for all that the figures say; here each is its own name, or the English pattern. */
const sentences: Record<string, string> = {
  ...Object.fromEntries(
    sentenceKeys(readDataGuide(templates.files.get('DATA.md') ?? '')).map((key) => [key, key]),
  ),
  ...SENTENCES,
};

/** The templates as they would be without any translation. */
const english: Templates = {
  ...templates,
  files: new Map([...templates.files].filter(([path]) => !/^locales\/(?!en\/)/.test(path))),
};

/** The templates with a copy of English under another language. */
function copied(
  locale: string,
  without: (path: string, text: string) => string | null = (_, text) => text,
): Templates {
  const files = new Map(english.files);
  for (const [path, text] of english.files) {
    if (!path.startsWith('locales/en/')) continue;
    const kept = without(path, text);
    if (kept !== null) files.set(path.replace('locales/en/', `locales/${locale}/`), kept);
  }
  const file = `locales/${locale}/sentences.json`;
  const kept = without(file, JSON.stringify(sentences));
  if (kept !== null) files.set(file, kept);
  return { ...templates, files };
}

describe('a language', () => {
  it('is an edition’s as soon as its folder is complete', () => {
    expect(completeLocales(english).complete).toEqual(['en']);
    expect(completeLocales(templates).complete).toEqual(['en', 'ar', 'fr', 'zh']);
    expect(completeLocales(copied('fr')).complete).toEqual(['en', 'fr']);
  });

  it('that lacks a label or a text is not, and says what it lacks', () => {
    const lacking = copied('fr', (path, text) =>
      path.endsWith('method.md') ? null : text.replace('"labs.caption"', '"labs.captionOld"'),
    );
    expect(completeLocales(lacking)).toEqual({
      complete: ['en'],
      missing: { fr: ['labs.caption', 'prose/method.md'] },
    });
  });

  it('that is not complete is refused by name', async () => {
    await expect(render(figures(), english, 'fr', [])).rejects.toThrow(BadRequest);
    await expect(render(figures(), english, '../../etc', [])).rejects.toThrow(/no complete language/);
  });

  it('writes numbers and dates its own way', async () => {
    const { report } = await render(figures(), copied('fr'), 'fr', []);
    expect(report).toContain('<html lang="fr"');
    expect(report).toMatch(/87,0\s%/);
    expect(report).toContain('juillet 2026');
  });

  it('writes a count that passes a float’s range to the last digit', () => {
    expect(openNumbers('en').exact('9007199254740993')).toBe('9,007,199,254,740,993');
    expect(openNumbers('en').compact('173273019995578')).toBe('173.3\u00a0T');
    expect(openNumbers('en').compact('9999')).toBe('9,999');
  });
});
