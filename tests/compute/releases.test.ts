import { describe, expect, it } from 'vitest';
import { family } from '../../functions/compute/family.ts';
import { releases } from '../../functions/compute/indicators/releases.ts';
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
