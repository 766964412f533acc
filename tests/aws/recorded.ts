import { expect } from 'vitest';
import { z } from 'zod';
import { openArchive } from '../../functions/archive/open-store.ts';
import { readSnapshot } from '../../functions/archive/snapshots.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { seal } from '../../functions/pull/seal.ts';
import { folder, report } from '../program/report.ts';
import type { Cloud } from './cloud.ts';
import { command, objects } from './runs.ts';

/** The month whose bodies travel with the program. */
export const RECORDED = '2026-07';

let laptop: Promise<Record<string, string>> | undefined;

/** What a laptop publishes of the recorded edition, in a folder: every public file with its SHA-256. */
export function onLaptop(): Promise<Record<string, string>> {
  laptop ??= (async () => {
    await using archive = await folder();
    const { code, stderr } = await report(['--archive', archive.url]);
    if (code !== 0) throw new Error(`The laptop's run failed: ${stderr}`);
    return await objects(archive.url, `public/${RECORDED}/`);
  })();
  return laptop;
}

/** Seals the recording in the deployed archive, from the command line of a laptop. */
export async function sealRecording(cloud: Cloud): Promise<void> {
  const { code, stderr } = await command(['--archive', cloud.output('ArchiveUrl'), '--until', 'pull']);
  if (code !== 0) throw new Error(`The recording could not be sealed: ${stderr}`);
}

const models = z.array(z.looseObject({ id: z.string(), downloads: z.number() }));

/**
 * Seals the recording with one repository's counter gone wild, as in May 2026: what a person has to look at before it
 * goes out.
 */
export async function sealWildRecording(cloud: Cloud): Promise<void> {
  const archive = openArchive(cloud.output('ArchiveUrl'));
  const recording = await openRecording();
  for (const source of recording.sources) {
    if (source !== 'huggingface') {
      await recording.seal(archive, source);
      continue;
    }
    const memory = openArchive('memory:');
    const { key } = await recording.seal(memory, source);
    const { snapshot, bodies } = await readSnapshot(memory, key);
    await seal(archive, {
      ...snapshot,
      bodies: bodies.map((body, index) => ({
        ...body,
        body: Buffer.from(
          JSON.stringify(models.parse(JSON.parse(Buffer.from(body.body).toString())).map(wild)),
        ),
        transcribed: snapshot.bodies[index]?.transcribed ?? null,
      })),
    });
  }
}

function wild(model: z.infer<typeof models>[number], index: number): z.infer<typeof models>[number] {
  const [maker] = model.id.split('/');
  return maker === 'Qwen' && index < 100 ? { ...model, downloads: model.downloads * 50 } : model;
}

/** Exactly one edition is public, whole, and the bytes are the laptop's. */
export async function expectOneEdition(cloud: Cloud): Promise<void> {
  expect(await objects(cloud.output('ArchiveUrl'), `public/${RECORDED}/`)).toEqual(await onLaptop());
}
