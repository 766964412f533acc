import { listSnapshots, openSnapshot } from '../../functions/archive/snapshots.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { openRegistry } from '../../functions/compute/registry.ts';
import { parseEdition } from '../../functions/edition.ts';
import { generatedHub } from './generated-hub.ts';

/** One size of `hub-growth.ts`, in a process of its own: prints what it took as JSON. */
const archive = await generatedHub(Number(process.argv[2]));
const [key = ''] = await listSnapshots(archive, 'huggingface');
openRegistry();

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);

const beganBaseline = performance.now();
for await (const { body } of (await openSnapshot(archive, key)).bodies())
  JSON.parse(new TextDecoder().decode(body));
const baseline = (performance.now() - beganBaseline) / 1000;

peak = 0;
const began = performance.now();
await computeEdition({ archive, edition: parseEdition('2026-07') });
const seconds = (performance.now() - began) / 1000;
clearInterval(watch);
const peakMegabytes = Math.max(peak, process.memoryUsage.rss()) / 2 ** 20;
process.stdout.write(JSON.stringify({ seconds, baseline, peakMegabytes }));
