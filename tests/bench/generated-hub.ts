import { Archive } from '../../functions/archive/archive.ts';
import { sha256 } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openStore } from '../../functions/archive/open-store.ts';
import type { Store, StoredObject } from '../../functions/archive/store.ts';
import { hubNamespaces } from '../../functions/compute/registry.ts';
import {
  type BodyRecord,
  type Snapshot,
  snapshotArtefact,
  snapshotFolder,
} from '../../functions/pull/snapshot.ts';

/** Models of a page of the listing. */
const PAGE = 500;
const AT = '2026-08-01T00:00:00.000Z';
const FOLDER = keys.snapshot('huggingface', snapshotFolder(AT));

/** What is written at the top of everything this makes: it is about no model in the world. */
const MARK = 'Synthetic: a generated Hub for measurements, not about the world';

/**
 * An archive with one snapshot of a generated Hub, whose bodies are made when they are read and never kept: downloads
 * fall off with the rank as the Hub's do, a seventh names a base, a twentieth was created in the month.
 *
 * @param models repositories of the listing by downloads
 */
export async function generatedHub(models: number): Promise<Archive> {
  const archive = new Archive(generating(openStore('memory:')));
  const pages = Math.ceil(models / PAGE);
  const bodies: BodyRecord[] = [];
  for (let page = 0; page < pages; page += 1) bodies.push(record(page));
  const snapshot: Snapshot = {
    schemaVersion: 1,
    source: 'huggingface',
    origin: {
      producer: MARK,
      title: 'Hub of generated repositories',
      url: 'https://example.org/',
      licence: null,
      citation: MARK,
    },
    retrievedAt: AT,
    sealedAt: AT,
    window: { from: '2026-07-01', to: '2026-07-31' },
    asOf: AT,
    universe: `${models} generated repositories.`,
    remarks: [],
    bodies,
  };
  await archive.write(snapshotArtefact, keys.seal('huggingface', snapshotFolder(AT)), snapshot);
  return archive;
}

/** A store that makes the bodies of the snapshot, and keeps everything else in another. */
function generating(inner: Store): Store {
  return {
    url: inner.url,
    async get(key): Promise<StoredObject | undefined> {
      const page = key.startsWith(FOLDER) ? /(\d{5})\.json$/.exec(key)?.[1] : undefined;
      if (page === undefined) return inner.get(key);
      return { body: pageOf(Number(page) - 1), etag: page };
    },
    put: (...given) => inner.put(...given),
    list: (prefix) => inner.list(prefix),
  };
}

function record(page: number): BodyRecord {
  const body = pageOf(page);
  return {
    file: `${String(page + 1).padStart(5, '0')}.json`,
    part: 'most-downloaded',
    url: `https://huggingface.co/api/models?sort=downloads&cursor=${page}`,
    headers: { 'content-type': 'application/json' },
    retrievedAt: AT,
    bytes: body.length,
    sha256: sha256(body),
    transcribed: null,
  };
}

const makers = hubNamespaces();

function pageOf(page: number): Uint8Array {
  const items = Array.from({ length: PAGE }, (_, at) => item(page * PAGE + at));
  return new TextEncoder().encode(JSON.stringify(items));
}

/** A repository by its rank; every hundredth of the first million and a half is a maker's. */
function item(rank: number): Record<string, unknown> {
  const own = rank % 100 === 0 && rank < 1_500_000;
  const owner = own ? makers[(rank / 100) % makers.length] : `uploader-${rank % 400_003}`;
  const base = rank % 7 === 0 && !own ? `${makers[rank % makers.length]}/base-${rank % 997}` : null;
  return {
    id: `${owner}/synthetic-model-${rank}`,
    // Falls as the Hub's does: hundreds of millions at the top, a thousand around rank 50,000, nothing at the end.
    downloads: Math.floor(2.5e8 / (rank + 1) ** 1.15),
    downloadsAllTime: Math.floor(2.5e9 / (rank + 1) ** 1.15),
    likes: rank % 100,
    createdAt: rank % 20 === 7 ? '2026-07-12T08:00:00.000Z' : '2025-11-03T08:00:00.000Z',
    pipeline_tag: rank % 3 === 2 ? 'feature-extraction' : 'text-generation',
    library_name: 'transformers',
    tags: [
      'transformers',
      'safetensors',
      'license:apache-2.0',
      'region:us',
      ...(base ? [`base_model:finetune:${base}`] : []),
    ],
    gated: false,
    safetensors: { total: 8_000_000_000 },
  };
}
