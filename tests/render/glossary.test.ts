import { describe, expect, it } from 'vitest';
import { settings } from '../../functions/render/settings.ts';
import { templates } from './fixture.ts';

const { languages } = settings.publication(templates.files);

/** The rows of a glossary: the English term, what stands for it, and who says so. */
function rows(locale: string): string[][] {
  const text = templates.files.get(`locales/${locale}/glossary.md`) ?? '';
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| ?-/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** All text of a language. */
function textOf(locale: string): string {
  return [...templates.files]
    .filter(([file]) => file.startsWith(`locales/${locale}/`) && !file.endsWith('glossary.md'))
    .map(([, text]) => text)
    .join('\n')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/** Words; of Chinese, which has no spaces, every two signs. */
function pieces(form: string): string[] {
  return /\p{Script=Han}/u.test(form) && form.length > 1
    ? [...form].slice(1).map((sign, index) => `${[...form][index]}${sign}`)
    : form.split(/\s+/);
}

describe.each(languages.filter((locale) => locale !== 'en'))('the glossary of %s', (locale) => {
  it('gives for every term what stands for it, and why', () => {
    expect(rows(locale).length).toBeGreaterThanOrEqual(40);
    for (const row of rows(locale)) {
      expect(row, row[0]).toHaveLength(3);
      expect(
        row.every((cell) => cell !== ''),
        row[0],
      ).toBe(true);
    }
  });

  it('names terms that the report uses', () => {
    const used = textOf(locale);
    const unused = rows(locale).filter(([, term = '']) => {
      const forms = term
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[(（][^)）]*[)）]/g, ' ')
        .split(/[;,،؛；、,/]|\s-\s/)
        .map((form) => form.replace(/[«»“”"*…]/g, '').trim())
        .filter((form) => form.length > 1 || /\p{Script=Han}/u.test(form));
      return forms.every((form) => !pieces(form).some((piece) => used.includes(piece)));
    });
    // What a glossary warns against is in it, and not in the report.
    expect(unused.map(([english]) => english).filter((english) => english !== 'open source')).toEqual([]);
  });
});
