import { describe, expect, it } from 'vitest';
import { licences } from '../../functions/compute/indicators/licences.ts';
import { licenceClass } from '../../functions/compute/licence-class.ts';
import { evidence, repository } from './evidence.ts';

const compute = (...some: Parameters<typeof repository>[]) =>
  licences.compute(evidence({ repositories: some.map((one) => repository(...one)) }));
const share = (found: ReturnType<typeof compute>, id: string) => found.figures[`licences.share.${id}`];

describe('the class of a licence', () => {
  it('is the same for Apache, as the Hub or an uploader writes it, and for MIT', () => {
    expect(['apache-2.0', 'Apache-2.0', 'apache-license-2.0', 'mit'].map(licenceClass)).toEqual(
      Array(4).fill('apache-mit'),
    );
  });

  it('is standard for licences that anybody may use for their work', () => {
    const tags = ['bsd-3-clause', 'cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'gpl-3.0', 'isc', 'openmdw-1.1'];
    expect(tags.map(licenceClass)).toEqual(tags.map(() => 'other-standard'));
  });

  it('is custom for a maker’s own terms, for terms that forbid uses, and for what is only like a standard', () => {
    const tags = ['llama3.1', 'gemma', 'qwen', 'other', 'openrail', 'modified-mit', 'minimax-community'];
    expect(tags.map(licenceClass)).toEqual(tags.map(() => 'custom'));
  });

  it('is custom for Creative Commons without commerce or derivatives, or without saying which', () => {
    expect(['cc-by-nc-4.0', 'cc-by-nc-sa-4.0', 'cc-by-nd-4.0', 'cc'].map(licenceClass)).toEqual(
      Array(4).fill('custom'),
    );
  });

  it('is unstated without a tag, and where the tag says no more than that', () => {
    expect([null, '', 'unknown'].map(licenceClass)).toEqual(Array(3).fill('unstated'));
  });

  it('is not fooled by names that objects have of themselves', () => {
    expect(['__proto__', 'constructor'].map(licenceClass)).toEqual(['custom', 'custom']);
  });
});

describe('the licences of a side', () => {
  const found = compute(
    ['Dragon/Fire-8B', { downloads30d: 60n, licence: 'apache-2.0' }],
    ['Peak/Snow-8B', { downloads30d: 10n, licence: 'mit' }],
    ['Dragon/Own-8B', { downloads30d: 20n, licence: 'qwen' }],
    ['Dragon/Silent-8B', { downloads30d: 10n }],
    ['Eagle/Wing-8B', { downloads30d: 30n, licence: 'llama3.1' }],
    ['Eagle/Claw-8B', { downloads30d: 10n, licence: 'cc-by-4.0' }],
  );

  it('are parts of its own downloads, with what is unstated as the room between low and high', () => {
    expect(share(found, 'china.apache-mit')).toMatchObject({
      value: expect.closeTo(0.7, 9),
      low: expect.closeTo(0.7, 9),
      high: expect.closeTo(0.8, 9),
      unit: 'share',
      status: 'measured',
      coverage: expect.closeTo(0.9, 9),
    });
    expect(share(found, 'china.unstated')).toMatchObject({ low: 0, value: expect.closeTo(0.1, 9) });
    expect(share(found, 'united-states.custom')).toMatchObject({ value: 0.75, low: 0.75, high: 0.75 });
    expect(share(found, 'united-states.other-standard')?.value).toBe(0.25);
  });

  it('count language models of the maker’s own alone', () => {
    const more = compute(
      ['Dragon/Fire-8B', { downloads30d: 60n, licence: 'apache-2.0' }],
      ['Dragon/Embedding', { downloads30d: 900n, licence: 'qwen', pipelineTag: 'feature-extraction' }],
      ['someone/Fire-8B-GGUF', { downloads30d: 900n, licence: 'other' }],
      [
        'Dragon/Wing-8B-FP8',
        {
          downloads30d: 900n,
          licence: 'llama3.1',
          bases: [{ model: 'Eagle/Wing-8B', relation: 'quantized' }],
        },
      ],
    );
    expect(share(more, 'china.apache-mit')?.value).toBe(1);
  });

  it('are withheld where more than half of what is stated is not', () => {
    const silent = compute(
      ['Dragon/Fire-8B', { downloads30d: 60n, licence: 'mit' }],
      ['Dragon/Silent-8B', { downloads30d: 31n }],
    );
    expect(share(silent, 'china.apache-mit')).toMatchObject({
      value: null,
      low: expect.closeTo(60 / 91, 9),
      high: 1,
      status: 'withheld',
    });
  });

  it('are missing for a side of which nothing is listed, and where there is no listing', () => {
    const only = compute(['Dragon/Fire-8B', { licence: 'mit' }]);
    expect(share(only, 'united-states.custom')).toMatchObject({
      status: 'missing',
      reason: expect.stringContaining('No language model of this side'),
    });
    const none = licences.compute(evidence({}));
    expect(share(none, 'china.custom')).toMatchObject({
      status: 'missing',
      reason: 'Not part of this test.',
    });
    expect(none.tables.licences).toMatchObject({ status: 'missing', rows: [] });
  });

  it('stand in a table for every country, and tag by tag', () => {
    expect(found.tables.licences?.rows).toContainEqual({
      country: 'china',
      licenceClass: 'apache-mit',
      downloads: '70',
      share: expect.closeTo(0.7, 9),
      models: '2',
    });
    expect(found.tables['licences-top']?.rows.map(({ licence, downloads }) => [licence, downloads])).toEqual([
      ['apache-2.0', '60'],
      ['llama3.1', '30'],
      ['qwen', '20'],
      ['cc-by-4.0', '10'],
      ['mit', '10'],
    ]);
  });
});
