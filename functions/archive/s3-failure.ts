import { z } from 'zod';
import { ArchiveCorrupt, ArchiveUnavailable } from '../errors.ts';

/** What the SDK's errors carry; those of the network and of credentials have no status. */
const sdkError = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.int().optional(), attempts: z.int().optional() }).optional(),
});

/** What S3 answered to a request that failed. */
export interface S3Answer {
  /** S3's name of the error, such as `NoSuchKey`; the system's, such as `ECONNREFUSED`, if there was no answer. */
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  /** How often the SDK sent the request. */
  readonly attempts: number;
}

/** Reads an error of the SDK. */
export function s3Answer(error: unknown): S3Answer {
  const { data } = sdkError.safeParse(error);
  return {
    name: (data?.name === 'Error' ? data.code : data?.name) ?? 'Error',
    message: data?.message ?? String(error),
    status: data?.$metadata?.httpStatusCode,
    attempts: data?.$metadata?.attempts ?? 1,
  };
}

/**
 * The error to throw for one of the SDK's.
 *
 * @param doing "read", "write", "list" or "retain"
 * @returns ArchiveCorrupt where bytes are not those of their checksum, otherwise ArchiveUnavailable
 */
export function s3Failure(
  cause: unknown,
  doing: string,
  key: string,
  url: string,
): ArchiveCorrupt | ArchiveUnavailable {
  const { name, message, status, attempts } = s3Answer(cause);
  if (message.startsWith('Checksum mismatch')) {
    return new ArchiveCorrupt(
      `${url}${key} has other bytes than S3's checksum of it. Run again; if it stays so, make the object again.`,
      { key },
      cause,
    );
  }
  const why =
    REASONS[name] ??
    (status !== undefined && status >= 500 ? REASONS.ServiceUnavailable : undefined) ??
    (/^Region is missing/i.test(message)
      ? 'no region is set. Set AWS_REGION to that of the bucket.'
      : undefined) ??
    `${name}: ${message.slice(0, 300)}. Try again; if it stays, look at the bucket, the region and the credentials.`;
  return new ArchiveUnavailable(
    `Cannot ${doing} ${key} in ${url}: ${why}`,
    { key, code: name, attempts },
    cause,
  );
}

const CREDENTIALS = 'S3 does not know these credentials. Check AWS_PROFILE or AWS_ACCESS_KEY_ID.';
const NETWORK = 'nothing answers there. Check the network and AWS_ENDPOINT_URL, then run again.';
const REGION = 'the bucket is in another region. Set AWS_REGION to it.';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const REASONS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket. Correct the URL, or create the bucket first.',
  AccessDenied:
    'access denied. Use credentials that may do this under this prefix; reading also needs s3:ListBucket, or S3 says this of an object that is not there.',
  CredentialsProviderError: 'no AWS credentials were found. Sign in, or set AWS_PROFILE.',
  InvalidRequest:
    'S3 refuses it as it was asked. For retention the bucket must have been made with Object Lock: deploy it so, or set RETAIN_DAYS to 0.',
  ExpiredToken: 'the AWS credentials have expired. Sign in again.',
  InvalidAccessKeyId: CREDENTIALS,
  SignatureDoesNotMatch: CREDENTIALS,
  PermanentRedirect: REGION,
  AuthorizationHeaderMalformed: REGION,
  RequestTimeTooSkewed: 'the clock of this machine is wrong. Set it.',
  SlowDown: 'S3 asks for fewer requests. Run again in a minute.',
  ServiceUnavailable: 'S3 is out of order for now. Run again later.',
  TimeoutError: NETWORK,
  ECONNREFUSED: NETWORK,
  ECONNRESET: NETWORK,
  ENOTFOUND: NETWORK,
  EAI_AGAIN: NETWORK,
};
