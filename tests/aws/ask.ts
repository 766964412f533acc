import { type Credentials, signed } from './signature.ts';

/** Keys that are nobody's, for a local AWS that does not ask whose they are. */
export const ANYBODY: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const REGION = 'eu-west-1';
export const ACCOUNT = '123456789012';

/**
 * Asks a service that speaks forms and XML (IAM, STS, SNS, SQS), for which the program itself needs no SDK.
 *
 * @param endpoint of the local AWS
 * @returns the text of the answer
 * @throws Error with what it answered, if it refuses
 */
export async function ask(
  endpoint: string,
  service: 'iam' | 'sts' | 'sns' | 'sqs',
  parameters: Readonly<Record<string, string>>,
  credentials: Credentials = ANYBODY,
): Promise<string> {
  const versions = { iam: '2010-05-08', sts: '2011-06-15', sns: '2010-03-31', sqs: '2012-11-05' };
  const body = Buffer.from(new URLSearchParams({ Version: versions[service], ...parameters }).toString());
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const { host } = new URL(endpoint);
  const region = service === 'iam' ? 'us-east-1' : REGION;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: signed({ path: '/', host, headers, body, service, region }, credentials),
    body,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} ${parameters.Action}: ${answer.status} ${text.slice(0, 500)}`);
  return text;
}

/** The texts of all elements of a name, in order. */
export function texts(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'));
  return [...found].map(([, text = '']) => plain(text));
}

/** The text of an element that must be there. */
export function text(xml: string, element: string): string {
  const [first] = texts(xml, element);
  if (first === undefined) throw new Error(`There is no <${element}> in ${xml.slice(0, 300)}`);
  return first;
}

function plain(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#(\d+)|(lt|gt|quot|apos|amp));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}
