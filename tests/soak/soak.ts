import { killedThenRun, seeded, undisturbed } from '../program/killed.ts';

/** Hundreds of killed runs, for hours nobody waits: `npm run soak [-- <runs> [<seed>]]`. */
const runs = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 32));
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run soak -- [number of runs] [seed], both whole numbers.\n');
  process.exit(2);
}

const whole = await undisturbed();
const expected = JSON.stringify(whole.published);
process.stdout.write(
  `seed ${seed}, ${runs} runs; undisturbed: ${Object.keys(whole.published).length} public files in ${whole.seconds.toFixed(1)} s\n`,
);
const random = seeded(seed);
let killed = 0;
let wrong = 0;
for (let run = 1; run <= runs; run++) {
  const { published, kills, stderr } = await killedThenRun(random, whole.seconds);
  killed += kills.length;
  if (JSON.stringify(published) !== expected) {
    wrong += 1;
    process.stdout.write(
      `run ${run}: other bytes after kills at ${kills.map(Math.round).join(', ')} ms. ${stderr}\n`,
    );
  }
  if (run % 10 === 0) process.stdout.write(`${run} runs, ${killed} kills, ${wrong} with other bytes\n`);
}
process.stdout.write(`${runs} runs, ${killed} kills, ${wrong} with other bytes than an undisturbed run\n`);
process.exitCode = wrong > 0 ? 1 : 0;
