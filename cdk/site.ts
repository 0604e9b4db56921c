import {
  Distribution,
  HttpVersion,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3'
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { securityHeaders } from './security-headers.ts'
import { type SiteConfig, SiteFiles } from './site-files.ts'

export interface SiteProps {
  /** What the page may reach beside its own files. */
  readonly connectOrigins: readonly string[]
}

/**
 * The static web app: a private bucket that only its distribution may read. Its files come after construction: their
 * config names who vouches for people, which needs the site's origin.
 */
export class Site extends Construct {
  readonly origin: string
  readonly #bucket: IBucket

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id)
    this.#bucket = this.#createBucket()
    const distribution = this.#createDistribution(props.connectOrigins)
    this.origin = `https://${distribution.distributionDomainName}`
  }

  /** `folder` is the built web app, `config` what it asks for at its start. */
  publish(folder: string, config: SiteConfig): void {
    new SiteFiles(this, 'Files', { bucket: this.#bucket, folder, config })
  }

  /**
   * Kept when the stack goes: emptying it would take one more function that may delete, for files that cost nothing
   * to keep.
   */
  #createBucket(): IBucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'It holds the public files of the app; a log of who read them would be personal data for no use.',
    })
    // The library's own interface misses `| undefined`, which exactOptionalPropertyTypes minds.
    return bucket as IBucket
  }

  #createDistribution(connectOrigins: readonly string[]): Distribution {
    const responseHeadersPolicy = new ResponseHeadersPolicy(this, 'Headers', securityHeaders(connectOrigins))
    const distribution = new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy,
      },
      // Without the right to list, S3 says 403 of what is not there. The app itself then says so in words.
      errorResponses: [
        {
          httpStatus: 403,
          responseHttpStatus: 404,
          responsePagePath: '/index.html',
          ttl: Duration.seconds(10),
        },
      ],
    })
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'The owner watches from wherever the owner is.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Static public files; a firewall would cost more than all the rest.',
      },
      { id: 'AwsSolutions-CFR3', reason: 'A log of who opened the app would be personal data for no use.' },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'The address that CloudFront gives has its own certificate, with which no TLS version can be set.',
      },
    )
    return distribution
  }
}
