import { describe, expect, it } from 'vitest';
import { type Candidate, chooseOf, otherMoments } from '../../functions/compute/choose.ts';
import { parseEdition } from '../../functions/edition.ts';
import type { SourceName } from '../../functions/sources/source.ts';

const july = parseEdition('2026-07');
const candidate = (
  source: SourceName,
  retrievedAt: string,
  from = '2026-06-01',
  to = '2026-07-31',
): Candidate => ({
  key: `snapshots/${source}/${retrievedAt}/snapshot.json`,
  source,
  retrievedAt,
  window: { from, to },
});
const chosen = (source: SourceName, ...some: Candidate[]) => {
  const choice = chooseOf(source, some, july);
  return 'keys' in choice ? choice.keys[0]?.split('/')[2] : choice.reason;
};

describe('the Hub’s counter', () => {
  const at = (instant: string) => candidate('huggingface', instant);

  it('is read from the snapshot nearest to the month’s end, before or after', () => {
    expect(
      chosen(
        'huggingface',
        at('2026-07-29T00:00:00Z'),
        at('2026-08-02T00:00:00Z'),
        at('2026-08-09T00:00:00Z'),
      ),
    ).toBe('2026-08-02T00:00:00Z');
    expect(chosen('huggingface', at('2026-07-31T12:00:00Z'), at('2026-08-02T00:00:00Z'))).toBe(
      '2026-07-31T12:00:00Z',
    );
  });

  it('is missing where none was taken from 3 days before to 10 days after', () => {
    expect(chosen('huggingface', at('2026-07-28T23:59:59Z'), at('2026-08-11T00:00:01Z'))).toMatch(
      /3 days before to 10 days after/,
    );
    expect(chosen('huggingface', at('2026-07-29T00:00:00Z'))).toBe('2026-07-29T00:00:00Z');
    expect(chosen('huggingface', at('2026-08-11T00:00:00Z'))).toBe('2026-08-11T00:00:00Z');
  });
});

describe('usage', () => {
  const over = (instant: string, from: string, to: string) =>
    candidate('openrouter-usage', instant, from, to);

  it('is of every snapshot that covers a day, the newest first', () => {
    const some = [
      over('2026-08-03T00:00:00Z', '2026-06-01', '2026-07-31'),
      over('2026-08-22T00:00:00Z', '2026-06-01', '2026-07-31'),
      over('2026-09-03T00:00:00Z', '2026-07-10', '2026-08-31'),
    ];
    const choice = chooseOf('openrouter-usage', some, july);
    expect('keys' in choice && choice.keys.map((key) => key.split('/')[2])).toEqual([
      '2026-09-03T00:00:00Z',
      '2026-08-22T00:00:00Z',
      '2026-08-03T00:00:00Z',
    ]);
  });

  it('is of one that covers a part where none covers all', () => {
    expect(chosen('openrouter-usage', over('2026-09-03T00:00:00Z', '2026-07-10', '2026-08-31'))).toBe(
      '2026-09-03T00:00:00Z',
    );
  });

  it('is missing where none covers a day', () => {
    expect(chosen('openrouter-usage', over('2026-09-03T00:00:00Z', '2026-08-01', '2026-08-31'))).toMatch(
      /No snapshot covers a day of 2026-07/,
    );
  });
});

describe('scores and catalogue', () => {
  it('are of the newest snapshot', () => {
    for (const source of ['epoch', 'openrouter-models'] as const)
      expect(
        chosen(source, candidate(source, '2026-09-01T00:00:00Z'), candidate(source, '2026-08-01T00:00:00Z')),
      ).toBe('2026-09-01T00:00:00Z');
  });

  it('of months ago do not stand for this month’s models', () => {
    expect(chosen('epoch', candidate('epoch', '2026-05-01T00:00:00Z'))).toMatch(
      /No snapshot of it was taken after/,
    );
  });

  it('do not depend on the order in which snapshots are listed', () => {
    const some = ['2026-08-03', '2026-08-01', '2026-08-02'].map((day) =>
      candidate('epoch', `${day}T00:00:00Z`),
    );
    expect(chosen('epoch', ...some)).toBe(chosen('epoch', ...[...some].reverse()));
  });
});

describe('the other moments of the Hub', () => {
  const at = (instant: string) => candidate('huggingface', instant);
  const others = (...instants: string[]) =>
    otherMoments(instants.map(at), july).map((key) => key.split('/')[2]);

  it('are the ends of three months before, and every look since the last of them', () => {
    expect(
      others(
        '2026-03-31T00:00:00Z',
        '2026-05-01T00:00:00Z',
        '2026-05-20T00:00:00Z',
        '2026-07-01T00:00:00Z',
        '2026-07-13T00:00:00Z',
        '2026-08-01T00:00:00Z',
        '2026-08-10T00:00:00Z',
        '2026-09-01T00:00:00Z',
      ),
    ).toEqual([
      '2026-05-01T00:00:00Z',
      '2026-07-01T00:00:00Z',
      '2026-07-13T00:00:00Z',
      '2026-08-10T00:00:00Z',
    ]);
  });

  it('are not looks within a day of the edition’s own, or of one another: those are one look', () => {
    expect(
      others(
        '2026-07-01T00:00:00Z',
        '2026-07-01T09:00:00Z',
        '2026-07-31T23:00:00Z',
        '2026-08-01T00:00:01Z',
        '2026-08-01T06:00:00Z',
      ),
    ).toEqual(['2026-07-01T00:00:00Z']);
  });
});
