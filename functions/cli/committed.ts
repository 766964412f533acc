import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BadRequest } from '../errors.ts';

/**
 * The commit that a folder is of.
 *
 * @throws BadRequest if anything in it is not committed, what git ignores included, or there is no git to tell
 */
export function committed(folder: URL): string {
  const cwd = fileURLToPath(folder);
  const git = (...args: string[]) => {
    try {
      return execFileSync('git', args, {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trimEnd();
    } catch (cause) {
      throw new BadRequest(
        'Templates are published with the commit they are of, and git cannot tell it here. Publish from a clone of the repository, with git installed.',
        {},
        cause,
      );
    }
  };
  const changed = git('status', '--porcelain', '--ignored', '--', '.').split('\n').filter(Boolean);
  if (changed.length > 0)
    throw new BadRequest(
      `templates/ has ${changed.length} changes that are not committed (${changed
        .slice(0, 3)
        .map((line) => line.slice(3))
        .join(', ')}). Commit them, then publish.`,
    );
  return git('rev-parse', 'HEAD');
}
