import { describe, expect, it } from 'vitest';
import { parseEdition } from '../../functions/edition.ts';
import { wishFor } from '../../functions/pull/wish.ts';

const windowAt = (edition: string, now: string) =>
  wishFor(parseEdition(edition), ['Qwen'], new Date(now)).window;

describe('what a pull asks for', () => {
  it('is the month and the one before it', () => {
    expect(windowAt('2026-03', '2026-04-03T06:00:00Z')).toEqual({ from: '2026-02-01', to: '2026-03-31' });
  });

  it('ends yesterday in a month that is not over', () => {
    expect(windowAt('2026-11', '2026-11-16T06:00:00Z')).toEqual({ from: '2026-10-01', to: '2026-11-15' });
  });

  it('is the whole month before on the first of a month, whichever of the two is named', () => {
    const whole = { from: '2026-11-01', to: '2026-12-31' };
    expect(windowAt('2027-01', '2027-01-01T00:10:00Z')).toEqual(whole);
    expect(windowAt('2026-12', '2027-01-01T00:10:00Z')).toEqual(whole);
  });

  it('is one day of the month on the second', () => {
    expect(windowAt('2027-01', '2027-01-02T00:10:00Z')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  });
});
