import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../functions/render/recognise.ts';
import { SENTENCES, say } from '../functions/sentences.ts';
import { figures } from './render/fixture.ts';

/** A sentence with something in each of its places. */
function filled(text: string, value: (name: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => value(name));
}

const NAME = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9./-]{0,20}[A-Za-z0-9]$/);

describe('a sentence of the figures', () => {
  it.each(Object.entries(SENTENCES))('%s is recognised by its words alone', (code, text) => {
    const found = recognise(filled(text, (name) => `the ${name}`));
    expect(found?.map((one) => one.code)).toEqual([code]);
    for (const [name, value] of Object.entries(found?.[0]?.values ?? {})) expect(value).toBe(`the ${name}`);
  });

  it('is recognised whatever names, counts and days stand in it, alone or before another', () => {
    const codes = Object.keys(SENTENCES) as (keyof typeof SENTENCES)[];
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.constantFrom(...codes),
        NAME,
        fc.nat(),
        (one, other, name, count) => {
          const value = (key: string) => (/name|model/.test(key) ? name : String(count));
          const text = `${filled(SENTENCES[one], value)} ${filled(SENTENCES[other], value)}`;
          expect(recognise(text)?.map(({ code }) => code)).toEqual([one, other]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is said with names joined by commas', () => {
    expect(say('gap.days', { days: ['2026-07-03', '2026-07-09'] })).toBe(
      'No figures for 2026-07-03, 2026-07-09.',
    );
  });

  it('is everything that the recorded edition says in words', () => {
    const { figures: all, tables, series, checks, sources, absent } = figures();
    const said = [
      ...Object.values(all).flatMap(({ universe, reason, previous }) => [universe, reason, previous?.reason]),
      ...[...Object.values(tables), ...Object.values(series)].map(({ reason }) => reason),
      ...checks.map(({ detail }) => detail),
      ...sources.flatMap(({ universe, remarks, bodies }) => [
        universe,
        ...remarks,
        ...bodies.map(({ transcribed }) => transcribed),
      ]),
      ...absent.map(({ reason }) => reason),
    ].filter((text) => typeof text === 'string' && text !== '');
    expect([...new Set(said)].filter((text) => recognise(String(text)) === undefined)).toEqual([]);
    expect(said.length).toBeGreaterThan(100);
  });
});
