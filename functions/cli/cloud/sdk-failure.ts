import { z } from 'zod';
import { BadRequest, CloudUnavailable } from '../../errors.ts';

/** What the SDK's errors carry; those of the network and of credentials have no status. */
const sdkError = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.int().optional() }).optional(),
});

/** AWS's name of an error, such as `ExecutionDoesNotExist`; the system's, such as `ECONNREFUSED`, without an answer. */
export function sdkErrorName(error: unknown): string {
  const { data } = sdkError.safeParse(error);
  return (data?.name === 'Error' ? data.code : data?.name) ?? 'Error';
}

/**
 * The error to throw for one of the SDK's: BadRequest where the person's own set-up is the cause, else CloudUnavailable.
 *
 * @param what could not be done, as in "Cannot <what>"
 * @returns BadRequest if there is no region or no valid credentials, otherwise CloudUnavailable
 */
export function sdkFailure(cause: unknown, what: string): BadRequest | CloudUnavailable {
  const { data } = sdkError.safeParse(cause);
  const name = sdkErrorName(cause);
  const message = (data?.message ?? String(cause)).replaceAll(/\s+/g, ' ');
  const own = /^Region is missing/i.test(message) ? NO_REGION : SET_UP[name];
  if (own !== undefined) return new BadRequest(`Cannot ${what}: ${own}`, { code: name }, cause);
  const status = data?.$metadata?.httpStatusCode;
  const why =
    DENIED.has(name) || status === 403
      ? `these credentials may not do it (${short(message)}). Use a role that may: Operator runs and redrives, Editor publishes templates, Approver approves.`
      : NETWORK.has(name)
        ? `nothing answers there (${name}). Check the network, AWS_REGION and AWS_ENDPOINT_URL, then run again.`
        : BUSY.has(name)
          ? 'AWS asks for fewer requests. Run again in a minute.'
          : status !== undefined && status >= 500
            ? `AWS is out of order for now (${name}, ${status}). Run again later.`
            : `${name}: ${short(message)}. Try again; if it stays, look at the region, the credentials and the stack.`;
  return new CloudUnavailable(`Cannot ${what}: ${why}`, { code: name }, cause);
}

function short(message: string): string {
  return message.length > 300 ? `${message.slice(0, 299)}…` : message.replace(/\.$/, '');
}

const NO_REGION =
  'no region is set. Set AWS_REGION to that of the deployment, or a region in your AWS profile.';
const NONE = 'no AWS credentials were found. Sign in (aws sso login), or set AWS_PROFILE.';
const EXPIRED = 'the AWS credentials have expired. Sign in again (aws sso login).';
const UNKNOWN = 'AWS does not know these credentials. Check AWS_PROFILE or AWS_ACCESS_KEY_ID.';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
const SET_UP: Readonly<Record<string, string>> = {
  CredentialsProviderError: NONE,
  TokenProviderError: EXPIRED,
  ExpiredToken: EXPIRED,
  ExpiredTokenException: EXPIRED,
  UnauthorizedException: EXPIRED,
  InvalidClientTokenId: UNKNOWN,
  UnrecognizedClientException: UNKNOWN,
  SignatureDoesNotMatch: UNKNOWN,
  InvalidSignatureException: UNKNOWN,
  IncompleteSignature: UNKNOWN,
  RequestExpired:
    'the clock of this machine is wrong, or the credentials have expired. Set it, or sign in again.',
};
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const NETWORK = new Set([
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
const BUSY = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);
