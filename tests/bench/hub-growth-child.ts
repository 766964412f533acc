import { listSnapshots, openSnapshot } from '../../functions/archive/snapshots.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { openRegistry } from '../../functions/compute/registry.ts';
import { parseEdition } from '../../functions/edition.ts';
import { generatedHub } from './generated-hub.ts';

/** One size of `hub-growth.ts`, in a process of its own: computes, or only parses the same bodies; prints what it took. */
const [models, what] = process.argv.slice(2);
const archive = await generatedHub(Number(models));
const [key = ''] = await listSnapshots(archive, 'huggingface');
openRegistry();

const began = performance.now();
if (what === 'compute') await computeEdition({ archive, edition: parseEdition('2026-07') });
else
  for await (const { body } of (await openSnapshot(archive, key)).bodies())
    JSON.parse(new TextDecoder().decode(body));
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
