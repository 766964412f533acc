import { isReportError } from '../errors.ts';
import { baseUrl } from '../sources/base-url.ts';
import { openHttp } from '../sources/http.ts';
import { HTTP_LIMITS } from '../sources/http-limits.ts';
import { SOURCES } from '../sources/index.ts';
import type { Probe } from '../sources/probe.ts';
import type { Environment, Http, RawBody, Source, SourceName } from '../sources/source.ts';

/** One assumption about a live source: whether it holds, what was found, and what to do if it does not. */
export interface Finding {
  readonly source: SourceName;
  readonly assumption: string;
  readonly holds: boolean;
  readonly found: string;
  readonly whatToDo: string;
}

export interface DoctorOptions {
  readonly environment: Environment;
  /** How each source is asked; by default with little patience, since somebody waits. */
  readonly open?: (source: Source) => Http;
}

/**
 * Asks each live source once, with few and small requests, and says which documented assumption holds.
 *
 * @throws BadRequest if a variable with a base URL or key is malformed
 */
export async function doctor({ environment, open }: DoctorOptions): Promise<Finding[]> {
  const opened =
    open ??
    ((source: Source) => {
      const limits = { ...HTTP_LIMITS, attempts: 2, attemptMs: 20_000, patienceMs: 45_000 };
      return openHttp({ source, environment, limits, keep: ['ratelimit'] });
    });
  const found = SOURCES.map(async (source) => {
    const http = opened(source);
    const findings: Finding[] = [];
    for (const probe of source.probes(environment)) {
      findings.push(...(await examine(source, http, baseUrl(source.base, environment), probe)));
    }
    return findings;
  });
  return (await Promise.all(found)).flat();
}

async function examine(source: Source, http: Http, base: string, probe: Probe): Promise<Finding[]> {
  const finding = (assumption: string, found: string | undefined, whatToDo: string): Finding => ({
    source: source.name,
    assumption,
    holds: found !== undefined,
    found: found ?? 'missing',
    whatToDo,
  });
  const { part, accept, authorization } = probe;
  const file = `Compare with the documentation named in functions/sources/${source.name}.ts and adapt it.`;
  let body: RawBody;
  try {
    const request = { url: `${base}${probe.path}`, accept };
    body = {
      part,
      ...(await http.get(authorization === undefined ? request : { ...request, authorization })),
    };
  } catch (error) {
    if (!isReportError(error)) throw error;
    return [{ ...finding(`${probe.what} answers`, undefined, 'See what was found.'), found: error.message }];
  }
  const findings = [
    finding(
      `${probe.what} answers`,
      `${body.body.length} bytes, ${body.headers['content-type'] ?? 'no type'}`,
      file,
    ),
  ];
  if (probe.reads) {
    try {
      const { observations } = source.parse([body]);
      findings.push(
        finding(`${probe.what} reads as documented`, `${observations.length} observations`, file),
      );
    } catch (error) {
      if (!isReportError(error)) throw error;
      findings.push({
        ...finding(`${probe.what} reads as documented`, undefined, file),
        found: error.message,
      });
    }
  }
  return [
    ...findings,
    ...probe.looks.map((look) => finding(look.assumption, look.find(body), look.whatToDo)),
  ];
}
