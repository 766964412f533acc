import { describe, expect, it } from 'vitest';
import { downloadViews } from '../../functions/compute/download-tally.ts';
import { HubIntake } from '../../functions/compute/hub-intake.ts';
import type { RepositoryObservation } from '../../functions/sources/observation.ts';
import { repository, smallRegistry } from './evidence.ts';

const registry = smallRegistry();
const july = { from: '2026-07-01', to: '2026-07-31' };
const top = (model: string, more: Partial<RepositoryObservation> = {}) =>
  repository(model, { listing: 'most-downloaded', ...more });

function listed(...some: RepositoryObservation[]) {
  const intake = new HubIntake(registry, july);
  for (const one of some) intake.take(one);
  return intake.end();
}

describe('taking in a listing', () => {
  it('keeps makers’ repositories however small, and the community’s from a thousand requests on', () => {
    const { repositories, tail } = listed(
      top('Dragon/tiny', { downloads30d: 1n }),
      top('someone/big', { downloads30d: 1000n }),
      top('someone/small', { downloads30d: 999n }),
    );
    expect(repositories.map(({ model }) => model)).toEqual(['Dragon/tiny', 'someone/big']);
    expect(tail).toMatchObject({ models: 1, downloads: 999n });
  });

  it('adds small uploads up by the maker of the base they name, and the lineage counts them for it', () => {
    const { repositories, tail } = listed(
      top('Dragon/fire', { downloads30d: 5000n }),
      top('someone/fire-a', { downloads30d: 10n, bases: [{ model: 'Dragon/fire', relation: 'quantized' }] }),
      top('someone/ember', {
        downloads30d: 20n,
        bases: [{ model: 'Dragon/never-listed', relation: 'finetune' }],
      }),
      top('someone/lost', { downloads30d: 40n, bases: [{ model: 'nobody-known/x', relation: 'finetune' }] }),
      top('someone/no-base', { downloads30d: 80n }),
      top('someone/pictures', { downloads30d: 160n, pipelineTag: 'text-to-image' }),
    );
    const { lineage, community } = downloadViews(repositories, registry, july.to, tail);
    expect(lineage.by.china).toBe(5030n);
    expect(lineage.unknown).toBe(120n);
    expect(community).toBe(150n);
  });

  it('gives the same whether small uploads are added up or listed one by one', () => {
    const small = Array.from({ length: 50 }, (_, at) => ({
      downloads30d: BigInt(at),
      bases: [{ model: at % 2 ? 'Dragon/fire' : 'Eagle/wing', relation: 'finetune' as const }],
    }));
    const makers = [top('Dragon/fire', { downloads30d: 9000n }), top('Eagle/wing', { downloads30d: 8000n })];
    const views = (listing: RepositoryObservation['listing']) => {
      const { repositories, tail } = listed(
        ...makers,
        ...small.map((one, at) => repository(`someone/m${at}`, { ...one, listing })),
      );
      return downloadViews(repositories, registry, july.to, tail);
    };
    const [added, one] = [views('most-downloaded'), views('recorded')];
    expect(added.lineage).toEqual(one.lineage);
    expect(added.community).toBe(one.community);
  });

  it('counts a repository that comes twice once, in whatever spelling, with the larger counter and all it states', () => {
    const { repositories } = listed(
      top('Dragon/Fire', { downloads30d: 10n, pipelineTag: null, downloadsAllTime: 70n }),
      repository('dragon/fire', { downloads30d: 12n, licence: 'mit' }),
    );
    expect(repositories).toHaveLength(1);
    expect(repositories[0]).toMatchObject({ downloads30d: 12n, licence: 'mit', downloadsAllTime: 70n });
  });

  it('counts a model that a renamed maker lists under both its names once, and names the other', () => {
    const createdAt = '2026-01-02T03:04:05.000Z';
    const { repositories, doubles } = listed(
      top('Dragon/fire', { downloads30d: 10n, createdAt }),
      top('Dragon-Vision/fire', { downloads30d: 9n, createdAt }),
      top('Dragon-Vision/other', { downloads30d: 9n, createdAt }),
    );
    expect(repositories.map(({ model }) => model)).toEqual(['Dragon-Vision/other', 'Dragon/fire']);
    expect(doubles).toEqual(['Dragon-Vision/fire']);
  });

  it('does not depend on the order of the bodies', () => {
    const some = [
      top('Dragon/fire', { downloads30d: 5000n }),
      repository('Dragon/fire', { downloads30d: 5001n }),
      top('someone/big', { downloads30d: 1000n }),
      repository('Eagle/wing', { downloads30d: 3n }),
    ];
    expect(listed(...some)).toEqual(listed(...[...some].reverse()));
  });
});

describe('what was created in the month', () => {
  const born = (model: string, createdAt: string | null, listing: RepositoryObservation['listing']) =>
    repository(model, {
      createdAt,
      listing,
      downloads30d: 1n,
      bases: [{ model: 'Dragon/fire', relation: 'finetune' }],
    });

  it('is kept with its bases alone, once, and only if it is of the month', () => {
    const { created, repositories } = listed(
      born('someone/a', '2026-07-01T00:00:00.000Z', 'created'),
      born('Someone/A', '2026-07-01T00:00:00.000Z', 'most-downloaded'),
      born('someone/b', '2026-07-31T23:59:59.000Z', 'created'),
      born('someone/june', '2026-06-30T23:59:59.000Z', 'created'),
      born('someone/august', '2026-08-01T00:00:00.000Z', 'created'),
      born('someone/undated', null, 'created'),
    );
    expect(created.map(({ model }) => model.toLowerCase())).toEqual(['someone/a', 'someone/b']);
    expect(repositories).toEqual([]);
  });

  it('is a census only where the newest were asked for', () => {
    expect(listed(born('someone/a', '2026-07-01T00:00:00.000Z', 'created')).census).toBe(true);
    expect(listed(born('someone/a', '2026-07-01T00:00:00.000Z', 'recorded')).census).toBe(false);
  });
});
