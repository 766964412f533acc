import { describe, expect, it } from 'vitest';
import { downloads } from '../../functions/compute/indicators/downloads.ts';
import { classifyRepositories } from '../../functions/compute/repositories.ts';
import type { RepositoryObservation } from '../../functions/sources/observation.ts';
import { evidence, repository, smallRegistry } from './evidence.ts';

const registry = smallRegistry([], {
  tracked: ['Dragon/Silent', 'Eagle/Quiet-7B'],
  mirrors: [{ namespace: 'Keepers', maker: 'eagle', source: 'invented for tests' }],
});
const quantized = (model: string) => ({ bases: [{ model, relation: 'quantized' as const }] });
const finetune = (model: string) => ({ bases: [{ model, relation: 'finetune' as const }] });

function classify(...repositories: RepositoryObservation[]) {
  return classifyRepositories(repositories, registry, '2026-07-31');
}

function figures(...repositories: RepositoryObservation[]) {
  return downloads.compute(evidence({ registry, repositories })).figures;
}

describe('first-party', () => {
  it('is a maker’s own model, in whatever format it publishes it', () => {
    const [own, small] = classify(
      repository('Dragon/Fire-8B'),
      repository('Dragon/Fire-8B-FP8', quantized('Dragon/Fire-8B')),
    );
    expect([own?.role, small?.role]).toEqual(['first-party', 'first-party']);
  });

  it('is not an American maker’s NVFP4 of a Chinese model: it is set aside and given to the Chinese maker by lineage', () => {
    const found = figures(
      repository('Dragon/Fire-8B', { downloads30d: 10n }),
      repository('Eagle/Fire-8B-NVFP4', { downloads30d: 90n, ...quantized('Dragon/Fire-8B') }),
    );
    expect(found['downloads.language.publisher.china']?.value).toBe('10');
    expect(found['downloads.language.publisher.united-states']?.value).toBe('0');
    expect(found['downloads.language.lineage.china']?.value).toBe('100');
  });

  it('is not a re-quantisation that names no base, where its name is another maker’s model', () => {
    const [, copy] = classify(repository('Dragon/Fire-8B'), repository('eagle/fire-8b-nvfp4'));
    expect(copy).toMatchObject({ role: 'copy', copyOf: 'Dragon/Fire-8B', root: { id: 'dragon' } });
  });

  it('is not another format of a family of which one format is a stated copy', () => {
    const [, , mlx] = classify(
      repository('Dragon/Fire-8B'),
      repository('Eagle/Spark-8B-GGUF', quantized('Dragon/Fire-8B')),
      repository('Eagle/Spark-8B-MLX-4bit', finetune('Dragon/Fire-8B')),
    );
    expect(mlx?.role).toBe('copy');
  });

  it('is a maker’s own fine-tune of another’s model, which lineage gives to the other', () => {
    const [tuned] = classify(repository('Eagle/Judge-8B', finetune('Dragon/Fire-8B')));
    expect(tuned).toMatchObject({ role: 'first-party', country: 'united-states', rootCountry: 'china' });
  });

  it('is not a model whose access is granted at discretion, but is one behind a click', () => {
    const [manual, auto] = classify(
      repository('Eagle/Gated', { gated: 'manual' }),
      repository('Eagle/Clicked', { gated: 'auto' }),
    );
    expect([manual?.role, auto?.role]).toEqual(['gated', 'first-party']);
    expect(
      figures(repository('Eagle/Gated', { gated: 'manual' }))['downloads.language.publisher.united-states']
        ?.value,
    ).toBe('0');
  });
});

describe('the list of openness', () => {
  const listed = smallRegistry([
    ['Wing-8B', 'eagle', '2024-01-01'],
    ['Talon-8B', 'eagle', '2026-08-01'],
  ]);
  const roles = (...repositories: RepositoryObservation[]) =>
    classifyRepositories(repositories, listed, '2026-07-31').map(({ role }) => role);

  it('decides over the Hub’s own word on access, for every variant of a family', () => {
    expect(
      roles(
        repository('Eagle/Wing-8B', { gated: 'manual' }),
        repository('Eagle/Wing-8B-Instruct', { gated: 'manual' }),
        repository('Eagle/Wing-70B', { gated: 'manual' }),
      ),
    ).toEqual(['first-party', 'first-party', 'gated']);
  });

  it('holds from its day on, not before', () => {
    expect(roles(repository('Eagle/Talon-8B'))).toEqual(['gated']);
    expect(classifyRepositories([repository('Eagle/Talon-8B')], listed, '2026-08-31')[0]?.role).toBe(
      'first-party',
    );
  });
});

describe('the community', () => {
  it('is whoever is no maker, and not unknown', () => {
    const found = figures(
      repository('Dragon/Fire-8B'),
      repository('someone/Fire-8B-GGUF', quantized('Dragon/Fire-8B')),
    );
    expect(found['downloads.language.community']?.value).toBe('100');
    expect(found['downloads.language.publisher.unknown']?.value).toBe('0');
    expect(found['downloads.language.lineage.china']?.value).toBe('200');
  });

  it('keeps a maker’s weights for it, which lineage gives to that maker', () => {
    const [kept] = classify(repository('keepers/old-model'));
    expect(kept).toMatchObject({ role: 'community', root: { id: 'eagle' } });
  });
});

describe('lineage', () => {
  it('follows base chains to the root', () => {
    const [third] = classify(
      repository('third/C', finetune('second/B')),
      repository('second/B', finetune('Dragon/A')),
    );
    expect(third?.root?.id).toBe('dragon');
  });

  it('cuts circles, and a model in nothing but a circle is its own root', () => {
    const [a, b, self] = classify(
      repository('Dragon/A', finetune('Eagle/B')),
      repository('Eagle/B', finetune('Dragon/A')),
      repository('Hawk/Self', quantized('Hawk/Self')),
    );
    expect([a?.root?.id, b?.root?.id, self?.root?.id]).toEqual(['dragon', 'eagle', 'hawk']);
  });

  it('is unknown where the roots are of different makers', () => {
    const [merge] = classify(
      repository('someone/Merge', {
        bases: [
          { model: 'Dragon/A', relation: 'merge' },
          { model: 'Eagle/B', relation: 'merge' },
        ],
      }),
    );
    expect(merge?.rootCountry).toBe('unknown');
  });

  it('ends in time on a ladder of models that each name both of the rung below', () => {
    const rung = (level: number) =>
      ['a', 'b'].map((side) =>
        repository(`ladder/${side}${level}`, {
          bases: ['a', 'b'].map((below) => ({
            model: `ladder/${below}${level + 1}`,
            relation: 'merge' as const,
          })),
        }),
      );
    const ladder = Array.from({ length: 60 }, (_, level) => rung(level)).flat();
    expect(classify(...ladder)[0]?.rootCountry).toBe('unknown');
  });
});

describe('a language model', () => {
  it('is one by its task or by the tracked list, without regard to case', () => {
    const language = classify(
      repository('Eagle/Chat', { pipelineTag: 'text-generation' }),
      repository('Eagle/See', { pipelineTag: 'image-text-to-text' }),
      repository('Eagle/All', { pipelineTag: 'any-to-any' }),
      repository('Eagle/Hear', { pipelineTag: 'automatic-speech-recognition' }),
      repository('Eagle/Mute', { pipelineTag: null }),
      repository('DRAGON/silent', { pipelineTag: null }),
    ).map((one) => one.language);
    expect(language).toEqual([true, true, true, false, null, true]);
  });

  it('that states no task makes the figure partial when too much is left out', () => {
    const found = figures(
      repository('Eagle/Chat', { downloads30d: 90n }),
      repository('Eagle/Mute', { downloads30d: 10n, pipelineTag: null }),
    );
    expect(found['downloads.language.publisher.united-states']).toMatchObject({
      value: '90',
      status: 'partial',
      coverage: expect.closeTo(0.9, 9),
    });
    expect(found['downloads.language.publisher.united-states']?.reason).toContain('10 downloads');
    expect(found['downloads.all.publisher.united-states']?.value).toBe('100');
  });
});

describe('downloads', () => {
  it('are withheld with their range where the unknown exceeds half of the classified', () => {
    const found = figures(
      repository('Eagle/Chat', { downloads30d: 10n }),
      repository('Nobody/Chat', { downloads30d: 6n }),
    );
    expect(found['downloads.language.publisher-share.united-states']).toMatchObject({
      value: null,
      status: 'withheld',
      low: 0.625,
      high: 1,
    });
  });

  it('without the largest repository are of what is left', () => {
    const found = figures(
      repository('Dragon/Big', { downloads30d: 800n }),
      repository('Dragon/Small', { downloads30d: 100n }),
      repository('Eagle/Small', { downloads30d: 100n }),
    );
    expect(found['downloads.language.without-largest-share.china']).toMatchObject({
      value: 0.5,
      subject: 'Dragon/Big',
    });
  });

  it('count past what a float holds', () => {
    const huge = 9_007_199_254_740_993n;
    const found = figures(
      repository('Dragon/A', { downloads30d: huge }),
      repository('Dragon/B', { downloads30d: 1n }),
    );
    expect(found['downloads.language.publisher.china']?.value).toBe('9007199254740994');
  });

  it('are missing with the reason where no snapshot serves the edition', () => {
    const found = downloads.compute(evidence({})).figures;
    expect(found['downloads.language.publisher.china']).toMatchObject({
      value: null,
      status: 'missing',
      reason: 'Not part of this test.',
    });
  });
});
