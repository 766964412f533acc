import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveBucket } from './archive.ts';
import type { Deployable } from './environments.ts';
import { acknowledge } from './nag.ts';
import { ARCHIVE_PREFIX } from './permissions.ts';

/** The only prefix the web may read. */
const PUBLIC = `${ARCHIVE_PREFIX}public`;

/** Nothing but the page itself: its pictures, styles and fonts are inside it, and it has no script. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What is published, to the public: revisions for ever, the list of editions for a minute. */
export class Site extends Construct {
  readonly distribution: Distribution;
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    { environment, archive }: { environment: Deployable; archive: ArchiveBucket },
  ) {
    super(scope, id);
    const { domain } = environment;
    // By name, so that the CDK does not let the distribution read the whole bucket.
    const bucket = Bucket.fromBucketAttributes(this, 'Published', {
      bucketArn: archive.bucket.bucketArn,
      bucketRegionalDomainName: archive.bucket.bucketRegionalDomainName,
    });
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: true,
          override: true,
        },
      },
    });
    const behaviour = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originPath: `/${PUBLIC}` }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      responseHeadersPolicy: headers,
      compress: true,
    };
    const oneMinute = new CachePolicy(this, 'OneMinute', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(1),
      maxTtl: Duration.minutes(1),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Open Model Balance ${environment.name}`,
      defaultBehavior: { ...behaviour, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      additionalBehaviors: {
        'editions.json': { ...behaviour, cachePolicy: oneMinute },
        'feed.*.xml': { ...behaviour, cachePolicy: oneMinute },
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(domain
        ? {
            domainNames: [domain.name],
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
          }
        : {}),
    });
    this.url = `https://${domain?.name ?? this.distribution.distributionDomainName}`;
    archive.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TheWebReadsWhatIsPublished',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [archive.bucket.arnForObjects(`${PUBLIC}/*`)],
        conditions: { StringEquals: { 'AWS:SourceArn': this.distribution.distributionArn } },
      }),
    );
    const leave = (rule: string, reason: string) => acknowledge(this.distribution, rule, reason);
    leave('AwsSolutions-CFR1', 'The report is for readers everywhere.');
    leave(
      'AwsSolutions-CFR2',
      'It serves files that never change to anybody, and takes no input that a firewall could judge.',
    );
    leave('AwsSolutions-CFR3', 'The site promises no tracking: who reads what is not written down.');
    leave(
      'Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
      'The bucket’s policy is written here, for what is published alone.',
    );
    if (!domain)
      leave(
        'AwsSolutions-CFR4',
        'CloudFront’s own domain comes with CloudFront’s own certificate and its minimum of TLS.',
      );
  }
}
