import { isReportError } from '../errors.ts';
import { lintTemplates } from './lint-rules.ts';
import { loadTemplates } from './templates.ts';

/** `npm run check:templates`: speaks to editors, one finding a line, and fails if there is any. */
try {
  const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
  const findings = lintTemplates(templates);
  for (const { rule, message } of findings) process.stderr.write(`${message} [${rule}]\n`);
  const grave = findings.filter((finding) => finding.grave).length;
  process.stdout.write(
    grave === 0 ? `The templates are in order: ${templates.files.size} files.\n` : `${grave} to mend.\n`,
  );
  process.exitCode = grave === 0 ? 0 : 1;
} catch (error) {
  if (!isReportError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
