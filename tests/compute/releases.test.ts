import { describe, expect, it } from 'vitest';
import { family } from '../../functions/compute/family.ts';
import { releases } from '../../functions/compute/indicators/releases.ts';
import { SIZES, sizeOf } from '../../functions/compute/size.ts';
import type { OfferObservation } from '../../functions/sources/observation.ts';
import { evidence, repository, smallRegistry } from './evidence.ts';

const offer = (huggingFaceId: string, created: string): OfferObservation => ({
  kind: 'offer',
  id: huggingFaceId.toLowerCase(),
  slug: huggingFaceId.toLowerCase(),
  name: huggingFaceId,
  huggingFaceId,
  created,
  contextLength: null,
  promptPrice: '0',
  completionPrice: '0',
});
const plain = smallRegistry([['Service-8B', 'eagle', null]]);
const correcting = smallRegistry([
  ['Corrected-8B', 'dragon', '2026-07-20'],
  ['Unlisted-8B', 'dragon', '2026-07-05'],
]);
const compute = (
  repositories: Parameters<typeof repository>[],
  offers: OfferObservation[] = [],
  registry = plain,
) =>
  releases.compute(
    evidence({ registry, offers, repositories: repositories.map((one) => repository(...one)) }),
  );
const rows = (...given: Parameters<typeof compute>) =>
  compute(...given).tables.releases?.rows.map(({ model, date }) => [model, date]);

describe('a family and size', () => {
  it('is what format and training variants of one name share', () => {
    const variants = [
      'Fire-8B',
      'Fire-8B-Base',
      'Fire-8B-Instruct',
      'fire-8b-it-qat-q4_0-gguf',
      'Fire-8B-FP8',
      'Fire-8B-NVFP4',
      'Fire-8B-AWQ',
      'Fire-8B-GGUF',
      'Fire-8B-mlx-4bit',
      'Fire-8B-DSpark',
    ];
    expect(new Set(variants.map((name) => family(`Dragon/${name}`)))).toEqual(new Set(['fire-8b']));
  });

  it('keeps sizes, editions and kinds apart', () => {
    const names = ['Fire-4B', 'Fire-8B', 'Fire-VL-8B', 'Fire-8B-0731', 'Fire-30B-A3B', 'Fire-Coder-8B'];
    expect(new Set(names.map(family)).size).toBe(names.length);
  });

  it('of a name that is nothing but an ending is that name', () => {
    expect(['Dragon/Base', 'Dragon/-it', 'Dragon/GGUF'].map(family)).toEqual(['base', '-it', 'gguf']);
  });
});

describe('a release', () => {
  it('counts once for all variants, by the first of them', () => {
    expect(
      rows([
        ['Dragon/Fire-8B', { createdAt: '2026-07-10T00:00:00Z' }],
        ['Dragon/Fire-8B-FP8', { createdAt: '2026-07-09T00:00:00Z' }],
        ['Dragon/Fire-4B', { createdAt: '2026-07-12T00:00:00Z' }],
      ]),
    ).toEqual([
      ['Dragon/Fire-8B', '2026-07-09'],
      ['Dragon/Fire-4B', '2026-07-12'],
    ]);
  });

  it('is dated by the list of openness first, then by a catalogue’s listing soon after, then by creation', () => {
    const found = rows(
      [
        ['Dragon/Corrected-8B', { createdAt: '2026-05-01T00:00:00Z' }],
        ['Eagle/Soon-8B', { createdAt: '2026-06-20T00:00:00Z' }],
        ['Eagle/Old-8B', { createdAt: '2025-06-20T00:00:00Z' }],
        ['Hawk/Plain-8B', { createdAt: '2026-07-03T00:00:00Z' }],
      ],
      [offer('Eagle/Soon-8B', '2026-07-02'), offer('Eagle/Old-8B', '2026-07-02')],
      correcting,
    );
    expect(found).toEqual([
      ['Eagle/Soon-8B', '2026-07-02'],
      ['Hawk/Plain-8B', '2026-07-03'],
      ['Dragon/Unlisted-8B', '2026-07-05'],
      ['Dragon/Corrected-8B', '2026-07-20'],
    ]);
  });

  it('is no other maker’s weights, no adapter, no gated and no closed model', () => {
    const found = rows([
      [
        'Eagle/Fire-8B-NVFP4',
        { createdAt: '2026-07-10T00:00:00Z', bases: [{ model: 'Dragon/Fire-8B', relation: 'quantized' }] },
      ],
      [
        'Eagle/Style-LoRA',
        { createdAt: '2026-07-10T00:00:00Z', bases: [{ model: 'Dragon/Fire-8B', relation: 'adapter' }] },
      ],
      ['Eagle/Gated-8B', { createdAt: '2026-07-10T00:00:00Z', gated: 'manual' }],
      ['Eagle/Service-8B', { createdAt: '2026-07-10T00:00:00Z' }],
      ['someone/Own-8B', { createdAt: '2026-07-10T00:00:00Z' }],
    ]);
    expect(found).toEqual([]);
  });

  it('without any date is not counted, and the figure says how many there are', () => {
    const { figures } = compute([
      ['Dragon/Fire-8B', { createdAt: '2026-07-10T00:00:00Z' }],
      ['Dragon/Dateless-8B', {}],
    ]);
    expect(figures['releases.count.china']).toMatchObject({ value: '1', status: 'partial' });
    expect(figures['releases.count.china']?.reason).toMatch(/^1 of 2 /);
  });
});

describe('the size of a model', () => {
  it('is by the number of weights the Hub states, each class from its lower bound on', () => {
    const sizes = [2.9e9, 3e9, 15e9, 70e9, 299e9, 300e9].map((weights) => sizeOf(weights, 'Dragon/Fire'));
    expect(sizes).toEqual(['under-3b', '3b-15b', '15b-70b', '70b-300b', '70b-300b', 'over-300b']);
  });

  it('is read off the name where the Hub does not say, with all experts and not the active ones', () => {
    const names = ['Fire-350M', 'Fire-8B-Instruct', 'fire_30b-a3b', 'Fire-0.5B', 'Fire-235B-A22B-2507'];
    expect(names.map((name) => sizeOf(null, `Dragon/${name}`))).toEqual([
      'under-3b',
      '3b-15b',
      '15b-70b',
      'under-3b',
      '70b-300b',
    ]);
    expect(sizeOf(40e9, 'Dragon/Fire-8B')).toBe('15b-70b');
  });

  it('is unstated where neither says, and an active part alone is no size', () => {
    const names = ['Fire', 'Fire-A3B', 'Fire-E4B', '8Ball', 'Fire-4bit'];
    expect(names.map((name) => sizeOf(null, `Dragon/${name}`))).toEqual(names.map(() => 'unstated'));
  });

  it('is counted by country over the month’s releases', () => {
    const rows =
      compute([
        ['Dragon/Fire-8B', { createdAt: '2026-07-10T00:00:00Z', parameters: 8_200_000_000 }],
        ['Dragon/Ember', { createdAt: '2026-07-10T00:00:00Z' }],
        ['Dragon/Old-8B', { createdAt: '2026-05-10T00:00:00Z' }],
        ['Eagle/Wing-400B', { createdAt: '2026-07-10T00:00:00Z' }],
      ]).tables['releases-by-size']?.rows ?? [];
    expect(rows.filter(({ models }) => models !== '0')).toEqual([
      { country: 'china', size: '3b-15b', models: '1' },
      { country: 'china', size: 'unstated', models: '1' },
      { country: 'united-states', size: 'over-300b', models: '1' },
    ]);
    expect(rows.filter(({ country }) => country === 'china').map(({ size }) => size)).toEqual([...SIZES]);
  });
});
