import { describe, expect, it } from 'vitest';
import {
  assertOver,
  daysOf,
  editionOf,
  monthBefore,
  monthEnd,
  monthWindow,
  parseEdition,
} from '../functions/edition.ts';

describe('an edition', () => {
  it('is a UTC calendar month', () => {
    expect(parseEdition('2026-07')).toBe('2026-07');
    expect(monthWindow(parseEdition('2026-07'))).toEqual({ from: '2026-07-01', to: '2026-07-31' });
    expect(monthWindow(parseEdition('2028-02')).to).toBe('2028-02-29');
    expect(monthEnd(parseEdition('2026-12')).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });

  it('follows the month before it, over the turn of the year', () => {
    expect(monthBefore(parseEdition('2026-01'))).toBe('2025-12');
    expect(editionOf(new Date('2026-01-01T00:00:00Z'))).toBe('2026-01');
    expect(editionOf(new Date('2025-12-31T23:59:59.999Z'))).toBe('2025-12');
  });

  it.each([
    '',
    '2026',
    '2026-7',
    '2026-13',
    '2026-00',
    '26-07',
    '2026-07-01',
    'July',
    '2026-07\n',
    '__proto__',
    'x'.repeat(10_000),
  ])('refuses %j and says how to write a month', (text) => {
    expect(() => parseEdition(text)).toThrow(/is not an edition\. Write the month as YYYY-MM/);
  });

  it('refuses a month before any source has figures', () => {
    expect(() => parseEdition('2024-12')).toThrow(/There are no figures for 2024-12/);
  });

  it('refuses a month that is not over, and names the latest possible one', () => {
    const now = new Date('2026-07-31T23:59:59Z');
    expect(() => assertOver(parseEdition('2026-07'), now)).toThrow(
      /2026-07 is not over .*latest possible edition is 2026-06/,
    );
    expect(() => assertOver(parseEdition('2026-07'), new Date('2026-08-01T00:00:00Z'))).not.toThrow();
  });

  it('counts every day of a window once', () => {
    const days = daysOf({ from: '2026-06-01', to: '2026-07-31' });
    expect(days).toHaveLength(61);
    expect(new Set(days).size).toBe(61);
    expect(days.at(-1)).toBe('2026-07-31');
  });
});
