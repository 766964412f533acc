import { describe, expect, it } from 'vitest';
import { openNumbers } from '../../functions/render/numbers.ts';
import { render } from '../../functions/render/render.ts';
import { openSentences } from '../../functions/render/sentences.ts';
import { settings } from '../../functions/render/settings.ts';
import { figures, section, templates, textOf } from './fixture.ts';

const { languages } = settings.publication(templates.files);
const others = languages.filter((locale) => locale !== 'en');

/** Words that only an English sentence has. */
const ENGLISH = /(?<!\p{L})(the|of|and|with|from|are|was|which|between|not)(?!\p{L})/iu;

/** A page without what is quoted in the language it was written in. */
function own(html: string): string {
  return html.replace(/<(bdi|p|span)[^>]* lang="en"[^>]*>[\s\S]*?<\/\1>/g, ' ');
}

describe('a page in another language', async () => {
  const pages = new Map<string, Awaited<ReturnType<typeof render>>>();
  for (const locale of languages) pages.set(locale, await render(figures(), templates, locale, []));
  const page = (locale: string) => pages.get(locale)?.report ?? '';

  it.each(others)('has no English in %s, in its texts or in its alternative texts', (locale) => {
    for (const html of [page(locale), pages.get(locale)?.web ?? '']) {
      const told = [...own(html).matchAll(/(?:aria-label|title|alt)="([^"]*)"/g)].map(
        ([, text = '']) => text,
      );
      const lines = [...textOf(own(html)).split('\n'), ...told];
      expect(lines.filter((line) => ENGLISH.test(line))).toEqual([]);
    }
  });

  it.each(languages)('has the same sections, tables, charts and links in %s as in English', (locale) => {
    const shape = (html: string) => ({
      sections: [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id),
      rows: html.match(/<tr/g)?.length,
      charts: html.match(/<svg/g)?.length,
      links: html.match(/<a /g)?.length,
    });
    expect(shape(page(locale))).toEqual(shape(page('en')));
  });

  it('is written from right to left in Arabic, with numbers, ranges and names in their own order', () => {
    expect(page('ar')).toMatch(/<html lang="ar" dir="rtl">/);
    expect(page('fr')).toMatch(/<html lang="fr" dir="ltr">/);
    expect(page('ar')).toContain('<bdi dir="ltr">61.1–64.9%</bdi>');
    expect(page('ar')).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/);
    expect(page('ar')).not.toMatch(/[\u200e\u200f\u061c]/);
  });

  it('writes months, days, parts and counts as its readers do', () => {
    const of = (locale: string) => {
      const { month, date, share, compact, monthName } = openNumbers(locale);
      return [
        month('2026-07'),
        date('2026-08-01'),
        share(0.611),
        compact('248392250919283'),
        monthName('2026-06'),
      ];
    };
    const plain = (texts: readonly string[]) => texts.map((text) => text.replace(/[\u00a0\u202f]/g, ' '));
    expect(plain(of('fr'))).toEqual(['juillet 2026', '1er août 2026', '61,1 %', '248 392 Md', 'juin']);
    expect(plain(of('ar'))).toEqual(['يوليو 2026', '1 أغسطس 2026', '61.1%', '248.4 ترليون', 'يونيو']);
    expect(plain(of('zh'))).toEqual(['2026年7月', '2026年8月1日', '61.1%', '248.4万亿', '6月']);
  });

  it('tells in its words why a figure is missing', async () => {
    const all = figures();
    const [id] = ['usage.tokens.total'];
    const one = all.figures[id ?? ''];
    if (!one) throw new Error('the fixture has no usage');
    all.figures['usage.tokens.total'] = {
      ...one,
      value: null,
      status: 'missing',
      reason: 'No snapshot covers a day of 2026-07.',
    };
    const { web } = await render(all, templates, 'fr', []);
    expect(textOf(section(web, 'usage'))).toMatch(/juillet 2026/);
    expect(textOf(section(web, 'usage'))).not.toMatch(/snapshot/);
  });
});

describe('what the figures say, in another language', () => {
  const french = openSentences(templates.files, 'fr', openNumbers('fr'));

  it('has days, spans and parts written out, and counts that agree', () => {
    expect(french.of('No usage for 2026-07-03, 2026-07-09.')).toMatch(/3 juillet 2026.* 9 juillet 2026/);
    expect(french.of('No tokens for 2026-07-03 to 2026-07-05.')).toMatch(/3 juillet 2026 – 5 juillet 2026/);
    expect(french.of('The catalogue has a price for 43 % of this side’s paid tokens.')).toMatch(/43,0\s%/);
  });

  it('is refused where nobody has words for it, instead of being English', () => {
    expect(() => french.of('The cat sat on the mat.')).toThrow(
      /fr\/sentences\.json.*the figures say "The cat sat on the mat\."/,
    );
    expect(() => french.method('usage', 99, 'Counted otherwise.')).toThrow(
      /no sentence "method\.usage\.v99"/,
    );
  });
});
