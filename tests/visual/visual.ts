import { failWith } from '../../functions/cli/failure.ts';
import { BASELINE } from './accepted.ts';
import { CHANGED } from './evidence.ts';
import { visualReview } from './visual-review.ts';

/** `npm run visual`: one line for a page that differs, and exit code 1. */
try {
  const { lines, same } = await visualReview(process.argv.slice(2), { baseline: BASELINE, changed: CHANGED });
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!same) process.exitCode = 1;
} catch (error) {
  failWith(error);
}
