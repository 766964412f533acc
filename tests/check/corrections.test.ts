import { describe, expect, it } from 'vitest';
import { judgeCorrections } from '../../functions/check/corrections.ts';

const at = '2026-08-09T10:00:00.000Z';
const first = { corrects: 'r1', because: 'Downloads of AT&T’s lab <were> counted twice.', at };
const second = { corrects: 'r2', because: 'A licence was read wrongly.', at };
const cover = 'July 2026\nCorrected: A licence\nwas read wrongly.';
const web =
  '<html><style>p{}</style><p>Downloads of AT&amp;T’s lab &lt;were&gt; <b>counted</b> twice.</p><p>A licence was read wrongly.</p>';

describe('judging whether a correction is told', () => {
  it('judges nothing of an edition that was never corrected', () => {
    expect(judgeCorrections([], { cover: '', web: '', locale: 'en' })).toEqual([]);
  });

  it('passes where the cover has the latest and the web page all of them', () => {
    expect(judgeCorrections([first, second], { cover, web, locale: 'en' })).toMatchObject([
      { outcome: 'passed' },
    ]);
  });

  it('refuses where the cover is silent, or has an earlier one only', () => {
    for (const silent of ['July 2026', `Corrected: ${first.because}`])
      expect(judgeCorrections([first, second], { cover: silent, web, locale: 'en' })).toMatchObject([
        { outcome: 'refuse', detail: `not on the cover: ${second.because}` },
      ]);
  });

  it('refuses where the web page lacks one, or has it where no reader sees it', () => {
    for (const silent of [
      '<p>A licence was read wrongly.</p>',
      `<style>${first.because}</style><p>A licence was read wrongly.</p>`,
    ])
      expect(judgeCorrections([first, second], { cover, web: silent, locale: 'en' })).toMatchObject([
        { outcome: 'refuse', detail: `not on the web page: ${first.because}` },
      ]);
  });

  it('lets the cover shorten a long reason after its beginning', () => {
    const long = { ...second, because: `A licence was read wrongly, ${'and so on '.repeat(60)}` };
    const page = `<p>${long.because}</p>`;
    expect(
      judgeCorrections([long], {
        cover: `Corrected: ${long.because.slice(0, 90)}…`,
        web: page,
        locale: 'en',
      }),
    ).toMatchObject([{ outcome: 'passed' }]);
  });

  it('looks for the reason in the language of the page, whatever its writing', () => {
    const told = {
      ...second,
      translations: { zh: '许可证被误读，现已更正。', ar: 'قُرئت رخصة خطأ وصُحّح الرقم الآن' },
    };
    const page = (text: string) => `<p>${text}</p>`;
    for (const [locale, text] of Object.entries(told.translations)) {
      expect(judgeCorrections([told], { cover: text, web: page(text), locale })).toMatchObject([
        { outcome: 'passed' },
      ]);
      expect(judgeCorrections([told], { cover: text, web: page(told.because), locale })).toMatchObject([
        { outcome: 'refuse' },
      ]);
    }
    expect(
      judgeCorrections([told], { cover: told.because, web: page(told.because), locale: 'fr' }),
    ).toMatchObject([{ outcome: 'passed' }]);
  });

  it('finds Arabic words that the pages have the other way round', () => {
    const told = { ...second, translations: { ar: 'قرئت رخصة خطأ وصحح الرقم' } };
    const backwards = [...'قرئت رخصة خطأ وصحح الرقم'].reverse().join('');
    const web = '<p>قرئت رخصة خطأ وصحح الرقم</p>';
    expect(judgeCorrections([told], { cover: backwards, web, locale: 'ar' })).toMatchObject([
      { outcome: 'passed' },
    ]);
    expect(judgeCorrections([told], { cover: 'يوليو 2026', web, locale: 'ar' })).toMatchObject([
      { outcome: 'refuse' },
    ]);
  });
});
