import { describe, expect, it } from 'vitest';
import { judgeMail } from '../../functions/check/mail.ts';
import { pngSize } from '../../functions/check/png-size.ts';
import { columnsOf } from '../../functions/render/email-text.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { templates } from '../render/fixture.ts';
import { contrast } from './contrast.ts';
import { madeMail } from './made.ts';

/** The headline picture is laid out this wide, shown this wide on a phone of 320 px, and this wide where there is room. */
const [LAID_OUT, ON_A_PHONE, WITH_ROOM] = [372, 288, 536];

describe.each(completeLocales(templates).complete)('the mail in %s, opened in a browser', async (locale) => {
  const made = await madeMail(locale);
  const every = made.seen.map(({ reader, what }) => ({
    name: `${reader.width} px, ${reader.scheme}, ${reader.pictures ? 'with' : 'without'} pictures`,
    reader,
    what,
  }));

  it('passes the judge with the pictures that print takes', () => {
    const { html, text, email } = made.mail;
    const reasons = judgeMail({ email, html, text, pictures: made.pictures }, []);
    expect(reasons.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it.each(every)('is no wider than its window: $name', ({ reader, what }) => {
    expect(what.width).toBe(reader.width);
    expect(what.outside).toEqual([]);
  });

  it.each(every)('has no text under 13 px and hides its preheader: $name', ({ what }) => {
    expect(what.small).toEqual([]);
    expect(what.preheader).toBe(false);
  });

  it.each(every)('breaks no rule of axe-core, contrast of 4.5 among them: $name', ({ what }) => {
    expect(what.violations).toEqual([]);
    expect(what.undecided).toEqual([]);
  });

  it.each(every)('shows its picture, or in the picture’s place what it tells: $name', ({ reader, what }) => {
    const { picture } = what;
    expect(picture.loaded).toBe(reader.pictures);
    expect(picture.width).toBeLessThanOrEqual(WITH_ROOM);
    expect(picture.height).toBeGreaterThan(reader.pictures ? 300 : 100);
    expect(picture.size).toBeGreaterThanOrEqual(14);
    expect(contrast(picture.colour, picture.background)).toBeGreaterThan(4.5);
  });

  it('is dark where the reader’s screen is', () => {
    for (const { reader, what } of every)
      expect(contrast(what.background, 'rgb(255, 255, 255)') > 10).toBe(reader.scheme !== 'light');
  });

  it('has a picture for dense screens, under 200 KB, readable on a phone', () => {
    const headline = made.pictures.get('headline') ?? new Uint8Array();
    expect(pngSize(headline).width).toBe(1000);
    expect(headline.length).toBeLessThan(200_000);
    expect(made.texts.length).toBeGreaterThan(20);
    expect(made.texts.filter(({ fits }) => !fits)).toEqual([]);
    for (const { size } of made.texts) {
      expect(size * (ON_A_PHONE / LAID_OUT)).toBeGreaterThan(8.5);
      expect(size * (WITH_ROOM / LAID_OUT)).toBeGreaterThan(16);
    }
  });

  it('has the cover as small as an archive of editions shows it', () => {
    const cover = made.pictures.get('cover-thumbnail') ?? new Uint8Array();
    expect(pngSize(cover).width).toBe(480);
    expect(cover.length).toBeLessThan(120_000);
  });

  it('has plain text in lines of 78 columns at most, but for links', () => {
    const lines = made.mail.text.split('\n').filter((line) => !line.includes('https://'));
    expect(lines.filter((line) => columnsOf(line) > 78)).toEqual([]);
  });
});
